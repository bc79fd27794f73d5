package dev.portico.operator.source;

import dev.portico.operator.model.Problems;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads sizes as whole quantities of Kubernetes: {@code 16Ki}. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,8})(k|M|G|Ki|Mi|Gi)?");

    private Sizes() {}

    /** Bytes; null where it is none, or more than an array can have, which is a problem. */
    public static @Nullable Integer read(String text, String field, Problems problems) {
        var size = SIZE.matcher(text);
        if (size.matches()) {
            var bytes = Long.parseLong(size.group(1)) * unit(size.group(2));
            if (bytes <= Integer.MAX_VALUE) {
                return (int) bytes;
            }
        }
        problems.add(field, "Invalid", "'" + text + "' is no size below 2Gi, expected one like 16Ki");
        return null;
    }

    private static long unit(@Nullable String suffix) {
        return switch (suffix) {
            case "k" -> 1_000;
            case "M" -> 1_000_000;
            case "G" -> 1_000_000_000;
            case "Ki" -> 1L << 10;
            case "Mi" -> 1L << 20;
            case "Gi" -> 1L << 30;
            case null, default -> 1;
        };
    }
}
