package dev.portico.e2e.requests;

/**
 * Where a request goes; {@code target} is what follows the host, as written.
 *
 * @param port the listener's port as the case names it
 */
public record Url(boolean https, String host, int port, String target) {
    static Url parse(String text) {
        boolean https = text.startsWith("https://");
        if (!https && !text.startsWith("http://")) {
            throw new IllegalArgumentException("URL '" + text
                    + "' begins with neither http:// nor https:// (grpc, tcp, udp and tls are reserved)");
        }
        String rest = text.substring(https ? 8 : 7);
        int slash = rest.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("URL '" + text + "' has no host or no path, expected http://HOST/PATH");
        }
        String authority = rest.substring(0, slash);
        int colon = authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = colon < 0 ? (https ? 443 : 80) : Integer.parseInt(authority.substring(colon + 1));
        return new Url(https, host, port, rest.substring(slash));
    }

    /** Host and, unless it is the scheme's own, port. */
    public String authority() {
        return port == (https ? 443 : 80) ? host : host + ":" + port;
    }
}
