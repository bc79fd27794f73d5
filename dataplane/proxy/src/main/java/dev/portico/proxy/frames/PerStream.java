package dev.portico.proxy.frames;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a side keeps for each stream of a connection, with the stream and as long as it.
 *
 * @param <T> what it keeps
 */
public final class PerStream<T> {
    private final Http2Connection connection;
    private final Http2Connection.PropertyKey key;

    public PerStream(Http2Connection connection) {
        this.connection = connection;
        this.key = connection.newKey();
    }

    public void put(Http2Stream stream, T kept) {
        stream.setProperty(key, kept);
    }

    public @Nullable T of(@Nullable Http2Stream stream) {
        return stream == null ? null : stream.getProperty(key);
    }

    public @Nullable T of(int streamId) {
        return of(connection.stream(streamId));
    }

    /** Whatever is kept for streams that are active. */
    public void forEach(Consumer<T> action) {
        try {
            var _ = connection.forEachActiveStream(stream -> {
                T kept = of(stream);
                if (kept != null) {
                    action.accept(kept);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
