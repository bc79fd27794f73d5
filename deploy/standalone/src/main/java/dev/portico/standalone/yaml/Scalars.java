package dev.portico.standalone.yaml;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar is. Kubernetes' parser reads {@code yes} and {@code on} as booleans although YAML 1.2 does not, and
 * a folder must mean here what it means there: such a word where text is wanted is a Problem in both.
 */
final class Scalars {
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE =
            Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y");
    private static final Set<String> FALSE =
            Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
    private static final Pattern RADIX = Pattern.compile("([-+]?)0([xob]?)([0-9a-fA-F_]+)");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private Scalars() {}

    static @Nullable Object resolve(String text) {
        if (NULL.contains(text)) {
            return null;
        }
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        if (DECIMAL.matcher(text).matches()) {
            return whole(text.replace("_", ""), 10);
        }
        var radix = RADIX.matcher(text);
        if (radix.matches()) {
            return other(radix.group(1), radix.group(2), radix.group(3).replace("_", ""), text);
        }
        return FLOAT.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }

    private static Object other(String sign, String prefix, String digits, String text) {
        int base = prefix.equals("x") ? 16 : prefix.equals("b") ? 2 : 8;
        try {
            return whole(sign + digits, base);
        } catch (NumberFormatException e) {
            return FLOAT.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
        }
    }

    private static Object whole(String digits, int base) {
        var number = new BigInteger(digits, base);
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : (Object) number.doubleValue();
    }
}
