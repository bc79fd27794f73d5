package dev.portico.proxy.codec;

import java.util.regex.Pattern;

/** Why we refuse what Netty reads: other readers may see something else in it. */
enum Stricter {
    ONE_SPACE_IN_A_REQUEST_LINE(
            "GET /  HTTP/1.1\r\n\r\n", "(?i)(?!\\S+ \\S+ HTTP/\\d\\.\\d\\r\\n)[^\\r\\n]*HTTP/\\d\\.\\d"),
    NO_CONTROLS_IN_A_TARGET("GET /\0 HTTP/1.1\r\n\r\n", "(?m)^\\S+ [^\\r\\n]*[\\x00-\\x1f\\x7f][^\\r\\n]* HTTP"),
    A_VERSION_IN_CAPITALS("GET / http/1.1\r\n\r\n", "(?!HTTP)(?i:http/\\d\\.\\d)"),
    NO_CR_OR_LF_ALONE("\nGET / HTTP/1.1\r\n\r\n", "(?<!\\r)\\n|\\r(?!\\n)"),
    NO_CODING_BUT_CHUNKED(
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "(?i)transfer-encoding:[ \\t]*(?!chunked[ \\t]*\\r\\n)"),
    ONE_LENGTH_IN_OLD_MESSAGES(
            "POST / HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            "(?is)HTTP/1\\.0\\b.*content-length.*content-length"),
    NO_FOLDED_LINES("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "\\r\\n[ \\t]"),
    NAMES_OF_CHUNK_EXTENSIONS(
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;\r\nx\r\n0\r\n\r\n", "[0-9a-fA-F][ \\t]*;"),
    A_STATUS_LINE_IN_ITS_FORM(
            "HTTP/1.1  200 OK\r\n\r\n",
            "(?m)^(?!HTTP/1\\.[01] [1-5]\\d\\d( [^\\x00-\\x08\\x0a-\\x1f\\x7f]*)?\\r$)[^\\r\\n]*HTTP"),
    NO_EMPTY_LINES_BEFORE_A_RESPONSE("\r\nHTTP/1.1 200 OK\r\n\r\n", "(^|\\r\\n)\\r\\n"),
    NOTHING_BETWEEN_NAME_AND_COLON_BUT_SPACE(
            "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n", "\\r\\n[^:\\r\\n]*[ \\t][^:\\r\\n]*:"),
    NO_LENGTH_BESIDE_CHUNKS_WHERE_NO_BODY_IS(
            "HTTP/1.1 304 Not\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "(?is)content-length.*transfer-encoding|transfer-encoding.*content-length"),
    NO_CHUNKS_IN_OLD_RESPONSES(
            "HTTP/1.0 204 No\r\nTransfer-Encoding: chunked\r\n\r\n", "(?is)HTTP/1\\.0.*transfer-encoding");

    private final String example;
    private final Pattern pattern;

    Stricter(String example, String pattern) {
        this.example = example;
        this.pattern = Pattern.compile(pattern);
    }

    String example() {
        return example;
    }

    boolean holds(String message) {
        return pattern.matcher(message).find();
    }
}
