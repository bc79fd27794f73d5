package dev.portico.routetable;

import java.util.Locale;

/**
 * The host names that a virtual host or a certificate answers for.
 *
 * @param name lower case, without trailing dot; without the {@code *.} of a wildcard; empty for {@link Kind#ANY}
 */
public record HostPattern(Kind kind, String name) implements Comparable<HostPattern> {
    public static final HostPattern ANY = new HostPattern(Kind.ANY, "");

    public HostPattern {
        if ((kind == Kind.ANY) != name.isEmpty()) {
            throw new IllegalArgumentException("name is '" + name + "', expected none exactly for ANY");
        }
        if (!name.equals(name.toLowerCase(Locale.ROOT)) || name.startsWith("*")) {
            throw new IllegalArgumentException("name is '" + name + "', expected lower case and no wildcard");
        }
    }

    /** How a name is compared; the order is the precedence, most specific first. */
    public enum Kind {
        /** The name itself. */
        EXACT,
        /** One label before the name, as Ingress and certificates (RFC 9525 §6.3) have it. */
        ONE_LABEL,
        /** One label or more before the name, as the Gateway API has it. */
        LABELS,
        /** Every name, and none. */
        ANY
    }

    @Override
    public int compareTo(HostPattern other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : kind.compareTo(other.kind);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case EXACT -> name;
            case ONE_LABEL -> "*." + name;
            case LABELS -> "**." + name;
            case ANY -> "*";
        };
    }
}
