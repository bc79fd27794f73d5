package dev.portico.proxy.pipeline;

import dev.portico.routetable.ClientTraffic.EscapedSlashes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a path into the one form that is matched and forwarded (RFC 3986 §6.2.2): unreserved characters decoded, other
 * escapes in upper case, dot segments removed. Whatever two readers could take for different paths is refused instead.
 */
final class NormalPath {
    private NormalPath() {}

    /** The path; null where it must be refused. */
    static @Nullable String of(String path, EscapedSlashes slashes) {
        if (isNormal(path)) {
            return path;
        }
        String decoded = decode(path, slashes);
        return decoded == null ? null : withoutDots(decoded);
    }

    /** Most paths are, and cost no more than this look. */
    private static boolean isNormal(String path) {
        char before = 0;
        for (int i = 0; i < path.length(); i++) {
            char character = path.charAt(i);
            if (character <= ' '
                    || character >= 0x7f
                    || character == '%'
                    || character == '\\'
                    || character == '#'
                    || (character == '.' && (before == '/' || before == ';'))) {
                return false;
            }
            before = character;
        }
        return path.startsWith("/");
    }

    private static @Nullable String decode(String path, EscapedSlashes slashes) {
        if (!path.startsWith("/")) {
            return null;
        }
        var decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char character = path.charAt(i);
            if (character == '%') {
                int octet = octet(path, i + 1);
                if (octet < ' ' || octet == 0x7f || !append(decoded, octet, slashes)) {
                    return null;
                }
                i += 2;
            } else if (character <= ' '
                    || character == 0x7f
                    || character > 0xff
                    || character == '\\'
                    || character == '#') {
                return null;
            } else if (character > 0x7f) {
                escape(decoded, character);
            } else {
                decoded.append(character);
            }
        }
        return decoded.toString();
    }

    /** The octet that two digits at {@code at} say; -1 where there are no two digits. */
    private static int octet(String path, int at) {
        if (at + 2 > path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(at), 16);
        int low = Character.digit(path.charAt(at + 1), 16);
        return high < 0 || low < 0 || path.charAt(at) > 'f' || path.charAt(at + 1) > 'f' ? -1 : high << 4 | low;
    }

    private static boolean append(StringBuilder decoded, int octet, EscapedSlashes slashes) {
        if (octet == '/' || octet == '\\') {
            switch (slashes) {
                case REJECT -> {
                    return false;
                }
                case KEEP -> escape(decoded, octet);
                case UNESCAPE -> decoded.append('/');
            }
        } else if (isUnreserved(octet)) {
            decoded.append((char) octet);
        } else {
            escape(decoded, octet);
        }
        return true;
    }

    private static void escape(StringBuilder decoded, int octet) {
        decoded.append('%')
                .append("0123456789ABCDEF".charAt(octet >> 4))
                .append("0123456789ABCDEF".charAt(octet & 0xf));
    }

    private static boolean isUnreserved(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }

    /** Removes dot segments; null where they lead above the root or hide behind a parameter or an escaped slash. */
    private static @Nullable String withoutDots(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            boolean last = i == segments.length - 1;
            if (segment.equals("..")) {
                if (kept.isEmpty()) {
                    return null;
                }
                kept.removeLast();
            } else if (!segment.equals(".")) {
                if (hidesDots(segment)) {
                    return null;
                }
                kept.add(segment);
                continue;
            }
            if (last) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Endpoints that cut parameters off ({@code ..;x}) or decode once more ({@code ..%2F}) would see dots. */
    private static boolean hidesDots(String segment) {
        for (String part : segment.split("%2F|%5C|;", -1)) {
            if (part.equals("..") || part.equals(".")) {
                return true;
            }
        }
        return false;
    }
}
