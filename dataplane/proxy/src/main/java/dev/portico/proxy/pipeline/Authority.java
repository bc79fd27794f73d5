package dev.portico.proxy.pipeline;

import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and perhaps a port, as clients name them in Host, {@code :authority} or an absolute target.
 *
 * @param host lower case, without trailing dot; an IPv6 address stands in brackets
 * @param text host and port as they go to the endpoint
 */
record Authority(String host, String text) {
    private static final int LONGEST = 255;

    /** Reads an authority; null where it is none. Names are ASCII: IDNs come in their A-form (RFC 5890). */
    static @Nullable Authority of(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : hostEnd(text);
        if (end <= 0 || end > LONGEST || !isPort(text, end)) {
            return null;
        }
        boolean literal = text.charAt(0) == '[';
        if (literal ? !NetUtil.isValidIpV6Address(text.substring(1, end - 1)) : !isName(text, end)) {
            return null;
        }
        boolean dotted = !literal && end > 1 && text.charAt(end - 1) == '.';
        String host = lower(text.substring(0, dotted ? end - 1 : end));
        return new Authority(host, end == text.length() ? host : host + text.substring(end));
    }

    private static int hostEnd(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text.length() : colon;
    }

    private static boolean isPort(String text, int from) {
        if (from == text.length()) {
            return true;
        }
        int digits = text.length() - from - 1;
        if (text.charAt(from) != ':' || digits < 1 || digits > 5) {
            return false;
        }
        int port = 0;
        for (int i = from + 1; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            port = port * 10 + digit - '0';
        }
        return port > 0 && port <= 65535;
    }

    private static boolean isName(String text, int end) {
        char before = '.';
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || (c == '.' && before != '.');
            if (!fits) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return text.toLowerCase(Locale.ROOT);
            }
        }
        return text;
    }
}
