package dev.portico.proxy.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Well-formed messages, and what becomes of them where somebody tampers with them. */
final class Messages {
    static final List<String> REQUESTS = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\nGET /a?b=c HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost:a\r\nContent-Length: 5\r\nX-Latin: caf\u00e9 \t\r\n\r\nhello",
            String.join(
                    "",
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n",
                    "5;a=b;c=\"d;\\\" e\"\r\nhello\r\n0A\r\n0123456789\r\n0\r\nX-Sum: 1\r\nTrailer: no\r\n\r\n"),
            "PUT http://a/%7e HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close, x\r\nX-Empty:\r\n\r\n",
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx\r\nOPTIONS * HTTP/1.1\r\n\r\n",
            "PURGE /old HTTP/1.2\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n");

    static final List<String> RESPONSES = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: x\r\n\r\nhello",
            "HTTP/1.1 200\r\nServer: y\r\n\r\nuntil the end",
            "HTTP/1.0 404 Not Found\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nno",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 \r\nX: caf\u00e9\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\nETag: \"a\"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
            String.join(
                    "",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n",
                    "3;x\r\nabc\r\n1f\r\n0123456789012345678901234567890\r\n0\r\nX-Sum: 5\r\n\r\nHTTP/1.1 500 Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

    private static final List<String> SNIPPETS = List.of(
            "\r\n",
            "\n",
            "\r",
            " ",
            "\t",
            ":",
            ";",
            ",",
            "\"",
            "=",
            "\0",
            "\u007f",
            "\u00e9",
            "0",
            "f",
            "-",
            "\\",
            "\u000b",
            "Content-Length: 5\r\n",
            "Content-Length: 05\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Connection: close\r\n",
            "HTTP/1.0",
            "HTTP/1.1",
            "chunked",
            "gzip, ",
            "\r\n\r\n",
            "0\r\n\r\n",
            "fffffffff",
            "GET / HTTP/1.1\r\n\r\n");

    private Messages() {}

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A few changes, the same ones for the same seed. */
    static String tampered(List<String> messages, long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(messages.get(random.nextInt(messages.size())));
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(256));
                case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(20))));
                default -> text.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
            }
            if (text.isEmpty()) {
                text.append('\r');
            }
        }
        return text.toString();
    }
}
