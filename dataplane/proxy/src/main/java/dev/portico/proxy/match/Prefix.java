package dev.portico.proxy.match;

/** What a path prefix is: whole elements, so {@code /a/} and {@code /a} are the same and neither covers {@code /ab}. */
final class Prefix {
    private Prefix() {}

    /** The prefix without trailing slashes; empty covers everything. */
    static String elements(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == '/') {
            end--;
        }
        return value.substring(0, end);
    }

    static boolean covers(String elements, String path) {
        return path.startsWith(elements)
                && (path.length() == elements.length() || path.charAt(elements.length()) == '/');
    }
}
