package dev.portico.e2e.cluster.loss;

import java.util.List;

/** How clients ask. */
enum Kind {
    HTTP1("http", "HTTP/1.1", "-http2=false"),
    H2C("http", "HTTP/2", "-h2c"),
    HTTPS("https", "TLS, HTTP/1.1", "-http2=false"),
    H2("https", "TLS, HTTP/2", "-http2");

    private final String scheme;
    private final String title;
    private final String option;

    Kind(String scheme, String title, String option) {
        this.scheme = scheme;
        this.title = title;
        this.option = option;
    }

    String title() {
        return title;
    }

    String target(String address) {
        return "GET " + scheme + "://" + address + "/\n";
    }

    List<String> options() {
        return List.of(option, "-insecure");
    }
}
