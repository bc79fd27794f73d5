package dev.portico.proxy.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Header blocks without compression, valid or not: literals that are not indexed (RFC 7541 §6.2.2). */
final class Fields {
    private Fields() {}

    static byte[] block(String... namesAndValues) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.write(0);
            text(out, namesAndValues[i]);
            text(out, namesAndValues[i + 1]);
        }
        return out.toByteArray();
    }

    /** The head of a request, and more fields. */
    static String[] request(String method, String path, String... more) {
        var fields = new String[8 + more.length];
        var head = new String[] {":method", method, ":scheme", "http", ":authority", "a.example.org", ":path", path};
        System.arraycopy(head, 0, fields, 0, 8);
        System.arraycopy(more, 0, fields, 8, more.length);
        return fields;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            out.write(bytes.length);
        } else {
            out.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                out.write(rest % 128 + 128);
                rest /= 128;
            }
            out.write(rest);
        }
        out.writeBytes(bytes);
    }
}
