package dev.portico.crds.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks objects as an API server would when they are created. Made once, which takes a moment: it reads the CRDs and
 * compiles their rules; then quick, and safe for use by several threads.
 */
public final class OfflineChecker {
    private final Map<String, Kinds.Known> kinds;

    private OfflineChecker(Map<String, Kinds.Known> kinds) {
        this.kinds = kinds;
    }

    /** A checker of all kinds that Portico reads. */
    public static OfflineChecker portico() {
        return new OfflineChecker(Kinds.portico());
    }

    /** Checks one object, as a YAML or JSON parser gives it. The tree itself is not changed. */
    public Checked check(Map<String, ?> tree) {
        var findings = new Findings();
        long size = Size.of(tree);
        if (size > Size.MOST) {
            findings.refused("object has about " + size + " bytes, expected at most " + Size.MOST
                    + " (what etcd takes in one request)");
            return new Checked(Map.of(), findings.list());
        }
        Map<String, @Nullable Object> object = Types.copy(tree);
        Kinds.@Nullable Known known = kinds.get(Kinds.key(object.get("apiVersion"), object.get("kind")));
        if (known == null) {
            findings.refused("no matches for kind " + Json.write(object.get("kind")) + " in version "
                    + Json.write(object.get("apiVersion")) + ", expected one of "
                    + kinds.keySet().stream().sorted().collect(Collectors.joining(", ")));
        } else {
            check(known, object, findings);
        }
        return new Checked(object, findings.list());
    }

    private static void check(Kinds.Known known, Map<String, @Nullable Object> object, Findings findings) {
        // Written by controllers by a way of its own; what comes with a creation is dropped.
        object.remove("status");
        if (known.custom()) {
            withoutNulls(object.get("metadata"));
        } else {
            withoutNulls(object);
        }
        // The steps of an API server, in its order.
        known.rules().complete(object, findings);
        new Validator(findings).check(known.schema(), "", object);
        Metadata.check(object, known.rules()::name, findings);
        known.rules().check(object, findings);
    }

    /** To kinds with a Go type a null is an absent field. */
    private static void withoutNulls(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().removeIf(item -> item == null);
            map.values().forEach(OfflineChecker::withoutNulls);
        } else if (value instanceof List<?> list) {
            list.forEach(OfflineChecker::withoutNulls);
        }
    }
}
