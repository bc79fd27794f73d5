package dev.portico.proxy.http2;

import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stream brought until it ended. */
final class Answer {
    final List<String> informational = new ArrayList<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Nullable
    Http2Headers head;

    @Nullable
    Http2Headers trailers;

    /** The code of the RST_STREAM that ended it; -1 where it ended well. */
    int reset = -1;

    boolean endSeen;

    String status() {
        return head == null ? "none" : String.valueOf(head.status());
    }

    @Nullable
    String header(String name) {
        return value(head, name);
    }

    @Nullable
    String trailer(String name) {
        return value(trailers, name);
    }

    private static @Nullable String value(@Nullable Http2Headers fields, String name) {
        CharSequence value = fields == null ? null : fields.get(name);
        return value == null ? null : value.toString();
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }
}
