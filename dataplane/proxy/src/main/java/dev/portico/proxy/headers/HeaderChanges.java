package dev.portico.proxy.headers;

import dev.portico.routetable.HeaderChange;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** A change of headers, checked once: remove, then set, then add. */
final class HeaderChanges {
    private final List<String> remove;
    private final List<HeaderChange.Header> set;
    private final List<HeaderChange.Header> add;

    HeaderChanges(HeaderChange change) {
        remove = change.remove().stream().filter(HeaderChange::concerns).toList();
        set = change.set().stream()
                .filter(header -> HeaderChange.concerns(header.name()))
                .toList();
        add = change.add().stream()
                .filter(header -> HeaderChange.concerns(header.name()))
                .toList();
        // Refuses what is no name or no value, so that it is found when the table is loaded.
        apply(new DefaultHttpHeaders());
    }

    void apply(HttpHeaders headers) {
        for (int i = 0; i < remove.size(); i++) {
            headers.remove(remove.get(i));
        }
        for (int i = 0; i < set.size(); i++) {
            headers.set(set.get(i).name(), set.get(i).value());
        }
        for (int i = 0; i < add.size(); i++) {
            headers.add(add.get(i).name(), add.get(i).value());
        }
    }
}
