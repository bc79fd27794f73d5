package dev.portico.proxy.intake;

import dev.portico.proxy.runtime.Change;
import dev.portico.routetable.Section;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.Root;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sections of the table that is loaded, as they came. Not for several threads. */
final class Sections {
    private final Map<String, EncodedSection> byKey = new HashMap<>();
    private Root root = Root.EMPTY;

    Root root() {
        return root;
    }

    int size() {
        return byKey.size();
    }

    List<EncodedSection> all() {
        return List.copyOf(byKey.values());
    }

    /** What the push would make of these sections. Changes nothing. */
    Draft draft(Push push) throws RefusedException {
        var draft = new Draft();
        Set<String> stay = push.base() == null ? new HashSet<>() : Set.of();
        for (EncodedSection section : push.put()) {
            draft.put(section);
            if (push.base() == null) {
                stay.add(section.key());
            }
        }
        if (push.base() == null) {
            byKey.keySet().stream().filter(key -> !stay.contains(key)).forEach(draft::remove);
        } else {
            for (String key : push.remove()) {
                draft.removeExisting(key);
            }
        }
        return draft;
    }

    /** A change that is worked out and not yet made. */
    final class Draft {
        private final Map<String, EncodedSection> put = new HashMap<>();
        private final Set<String> remove = new HashSet<>();
        private final Set<String> named = new HashSet<>();
        private Root next = root;

        private void put(EncodedSection section) throws RefusedException {
            String key = section.key();
            name(key);
            EncodedSection former = byKey.get(key);
            if (former != null && former.digest().equals(section.digest())) {
                return;
            }
            if (former != null) {
                next = next.minus(former.digest());
            }
            next = next.plus(section.digest());
            put.put(key, section);
        }

        private void removeExisting(String key) throws RefusedException {
            name(key);
            if (!byKey.containsKey(key)) {
                throw RefusedException.malformed("section " + key + " is to be removed and is not there");
            }
            remove(key);
        }

        private void remove(String key) {
            EncodedSection former = byKey.get(key);
            if (former != null && remove.add(key)) {
                next = next.minus(former.digest());
            }
        }

        private void name(String key) throws RefusedException {
            if (!named.add(key)) {
                throw RefusedException.malformed("section " + key + " is named twice, expected once");
            }
        }

        Root root() {
            return next;
        }

        Change change() {
            var gone = new ArrayList<Section>();
            for (Collection<String> keys : List.of(put.keySet(), remove)) {
                for (String key : keys) {
                    EncodedSection former = byKey.get(key);
                    if (former != null) {
                        gone.add(former.section());
                    }
                }
            }
            return new Change(
                    gone, put.values().stream().map(EncodedSection::section).toList());
        }

        void commit() {
            remove.forEach(byKey::remove);
            byKey.putAll(put);
            root = next;
        }
    }
}
