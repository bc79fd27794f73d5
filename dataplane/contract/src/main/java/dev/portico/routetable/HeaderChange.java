package dev.portico.routetable;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A change of headers (Gateway API, HTTPHeaderFilter): first {@code remove}, then {@code set}, then {@code add}. */
public record HeaderChange(List<Header> set, List<Header> add, List<String> remove) {
    /** Headers that are never changed: their meaning is that of one connection, or where a message ends. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-length",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    public HeaderChange {
        set = List.copyOf(set);
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    /** Whether a header of this name is changed at all; data planes pass over a change of one that is not. */
    public static boolean concerns(String name) {
        return !FRAMING.contains(name.toLowerCase(Locale.ROOT));
    }

    /** A header line. */
    public record Header(String name, String value) {
        public Header {
            Check.text("name", name);
            Check.headerValue("value", value);
        }
    }
}
