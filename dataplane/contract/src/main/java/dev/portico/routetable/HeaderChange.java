package dev.portico.routetable;

import java.util.List;

/** A change of headers (Gateway API, HTTPHeaderFilter): first {@code remove}, then {@code set}, then {@code add}. */
public record HeaderChange(List<Header> set, List<Header> add, List<String> remove) {
    public HeaderChange {
        set = List.copyOf(set);
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    /** A header line. */
    public record Header(String name, String value) {
        public Header {
            Check.text("name", name);
            Check.headerValue("value", value);
        }
    }
}
