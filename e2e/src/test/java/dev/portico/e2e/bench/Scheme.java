package dev.portico.e2e.bench;

/** How clients speak to a proxy; each has a listener of its own. */
enum Scheme {
    HTTP("http"),
    /** HTTP/1.1 or HTTP/2, by ALPN. */
    HTTPS("https"),
    /** HTTP/2 by prior knowledge. */
    H2C("http");

    private final String name;

    Scheme(String name) {
        this.name = name;
    }

    String url(int port) {
        return name + "://127.0.0.1:" + port;
    }
}
