package dev.portico.operator.source;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings a path that an object names into the form in which data planes compare paths (RFC 3986 §6.2.2): unreserved
 * characters decoded, everything else that is not plain ASCII escaped, in upper case.
 */
final class NormalPath {
    /** What no request has once it passed the gate. */
    private static final Pattern NEVER =
            Pattern.compile("//|/\\.\\.?([/;]|$)|;\\.\\.?([/;]|$)|[?#\\\\\\x00-\\x1f\\x7f]");

    static final String EXPECTED =
            "one that starts with / and has no //, /./, /../, %2f, ?, #, backslash, control characters or broken escapes";

    private NormalPath() {}

    /** The path; null where no request can have it. */
    static @Nullable String of(String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        var octets = path.getBytes(StandardCharsets.UTF_8);
        var normal = new StringBuilder(octets.length);
        for (int i = 0; i < octets.length; i++) {
            var octet = octets[i] & 0xff;
            if (octet != '%') {
                append(normal, octet, octet <= ' ' || octet > '~');
            } else if (i + 2 < octets.length && isHex(octets[i + 1]) && isHex(octets[i + 2])) {
                var meant = Character.digit(octets[i + 1], 16) << 4 | Character.digit(octets[i + 2], 16);
                if (meant == '/' || meant == '\\' || meant < ' ' || meant == 0x7f) {
                    return null;
                }
                append(normal, meant, !isUnreserved(meant));
                i += 2;
            } else {
                return null;
            }
        }
        return NEVER.matcher(path).find() || NEVER.matcher(normal).find() ? null : normal.toString();
    }

    private static void append(StringBuilder normal, int octet, boolean escaped) {
        if (escaped) {
            normal.append('%')
                    .append("0123456789ABCDEF".charAt(octet >> 4))
                    .append("0123456789ABCDEF".charAt(octet & 0xf));
        } else {
            normal.append((char) octet);
        }
    }

    private static boolean isHex(byte character) {
        return character > 0 && Character.digit(character, 16) >= 0;
    }

    private static boolean isUnreserved(int octet) {
        return octet < 0x7f && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0);
    }
}
