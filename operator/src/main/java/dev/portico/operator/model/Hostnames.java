package dev.portico.operator.model;

import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HostPattern.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How host patterns are read, and how they lie to each other. */
public final class Hostnames {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    private Hostnames() {}

    /**
     * Reads a DNS name, or one after {@code *.}.
     *
     * @param wildcard what a wildcard means in the dialect that the text is from
     * @return null where the text is neither
     */
    public static @Nullable HostPattern parse(String text, Kind wildcard) {
        var starred = text.startsWith("*.");
        var name = (starred ? text.substring(2) : text).toLowerCase(Locale.ROOT);
        if (name.length() > 253
                || !NAME.matcher(name).matches()
                || ADDRESS.matcher(name).matches()) {
            return null;
        }
        return new HostPattern(starred ? wildcard : Kind.EXACT, name);
    }

    /** Whether every name that {@code inner} stands for is one that {@code outer} stands for. */
    public static boolean covers(HostPattern outer, HostPattern inner) {
        return switch (outer.kind()) {
            case ANY -> true;
            case EXACT -> outer.equals(inner);
            case ONE_LABEL ->
                switch (inner.kind()) {
                    case EXACT -> isOneLabelBelow(inner.name(), outer.name());
                    case ONE_LABEL -> outer.equals(inner);
                    case LABELS, ANY -> false;
                };
            case LABELS ->
                switch (inner.kind()) {
                    case EXACT -> isBelow(inner.name(), outer.name());
                    case ONE_LABEL, LABELS -> inner.name().equals(outer.name()) || isBelow(inner.name(), outer.name());
                    case ANY -> false;
                };
        };
    }

    /** The pattern for the names that both stand for; null where there is none. Of any two one covers the other or they are apart. */
    public static @Nullable HostPattern intersection(HostPattern one, HostPattern other) {
        if (covers(one, other)) {
            return other;
        }
        return covers(other, one) ? one : null;
    }

    private static boolean isBelow(String name, String parent) {
        return name.endsWith(parent)
                && name.length() > parent.length()
                && name.charAt(name.length() - parent.length() - 1) == '.';
    }

    private static boolean isOneLabelBelow(String name, String parent) {
        return isBelow(name, parent) && name.indexOf('.') == name.length() - parent.length() - 1;
    }
}
