package dev.portico.proxy.codec;

/**
 * How large the parts of a message may be.
 *
 * @param line bytes of a request or status line and of the line before a chunk, without its end
 * @param headers bytes of all header lines of a head, or of all trailers, without their ends
 * @param fields header lines of a head, or trailers
 */
public record Limits(int line, int headers, int fields) {
    public static final Limits DEFAULT = new Limits(16 * 1024, 64 * 1024, 100);

    public Limits {
        positive("line", line);
        positive("headers", headers);
        positive("fields", fields);
    }

    private static void positive(String name, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(name + " is " + limit + ", expected at least 1");
        }
    }
}
