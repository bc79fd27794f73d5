package dev.portico.proxy.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A request target taken apart (RFC 9112 §3.2).
 *
 * @param authority of an absolute target, which goes before Host; absent in the other forms
 * @param path as received
 */
record Target(
        @Nullable String authority, String path, @Nullable String query) {
    /** Takes a target apart; null where it has no form that this method may have. */
    static @Nullable Target of(String method, String text) {
        if (text.startsWith("/")) {
            return split(null, text);
        }
        if (text.equals("*")) {
            return method.equals("OPTIONS") ? new Target(null, "*", null) : null;
        }
        int start = schemeEnd(text);
        if (start < 0) {
            return null;
        }
        int end = start;
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '?') {
            end++;
        }
        String rest = text.substring(end);
        return split(text.substring(start, end), rest.startsWith("/") ? rest : "/" + rest);
    }

    private static int schemeEnd(String text) {
        if (text.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return text.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }

    private static @Nullable Target split(@Nullable String authority, String text) {
        int question = text.indexOf('?');
        if (question < 0) {
            return new Target(authority, text, null);
        }
        String query = text.substring(question + 1);
        return isQuery(query) ? new Target(authority, text.substring(0, question), query) : null;
    }

    private static boolean isQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= ' ' || c == 0x7f || c > 0xff || c == '#') {
                return false;
            }
        }
        return true;
    }
}
