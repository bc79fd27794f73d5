package dev.portico.crds.check;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Whole quantities of Kubernetes: {@code 16Ki}. */
final class Quantities {
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9})(k|M|G|Ki|Mi|Gi)?");

    private Quantities() {}

    static long bytes(String text) {
        Matcher quantity = WHOLE.matcher(text);
        if (!quantity.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no quantity, expected one like 16Ki");
        }
        return Long.parseLong(quantity.group(1)) * unit(quantity.group(2) == null ? "" : quantity.group(2));
    }

    private static long unit(String suffix) {
        return switch (suffix) {
            case "k" -> 1_000;
            case "M" -> 1_000_000;
            case "G" -> 1_000_000_000;
            case "Ki" -> 1L << 10;
            case "Mi" -> 1L << 20;
            case "Gi" -> 1L << 30;
            default -> 1;
        };
    }
}
