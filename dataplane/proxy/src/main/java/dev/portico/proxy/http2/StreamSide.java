package dev.portico.proxy.http2;

import dev.portico.proxy.pipeline.Refusal;
import dev.portico.proxy.pipeline.RequestSink;
import dev.portico.proxy.tunnel.Direction;
import dev.portico.proxy.tunnel.Side;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A client whose stream becomes a tunnel (RFC 8441): DATA is what it says, END_STREAM its end, RST_STREAM its reset.
 * What it says before it is answered waits in the stream, which is paused until then.
 */
final class StreamSide implements Side {
    private final Stream stream;
    private @Nullable Direction direction;
    private boolean endedEarly;
    private boolean ended;

    StreamSide(Stream stream) {
        this.stream = stream;
    }

    @Override
    public void start(Direction from) {
        direction = from;
        stream.resumeBody();
        if (endedEarly) {
            from.end();
        }
    }

    @Override
    public void data(ByteBuf data) {
        stream.data(data);
    }

    @Override
    public void flush() {
        stream.flush();
    }

    @Override
    public void end() {
        if (!ended) {
            ended = true;
            stream.end(null);
        }
    }

    @Override
    public void close() {
        stream.closeTunnel();
        end();
    }

    @Override
    public void reset() {
        stream.reset();
    }

    @Override
    public boolean isWritable() {
        return stream.isWritable();
    }

    @Override
    public long stalled(long now) {
        return stream.stalled(now);
    }

    @Override
    public void pause(boolean pause) {
        if (pause) {
            stream.pauseBody();
        } else {
            stream.resumeBody();
        }
    }

    void leave() {
        if (direction != null) {
            direction.leave();
        }
    }

    /** What the client sends, of which only the end concerns a request that is not answered yet. */
    RequestSink from(RequestSink request) {
        return new RequestSink() {
            @Override
            public void data(ByteBuf data) {
                if (direction == null) {
                    throw new IllegalStateException("nothing is read for a tunnel that is not there yet");
                }
                direction.data(data);
                direction.readComplete();
            }

            @Override
            public void end(@Nullable HttpHeaders trailers) {
                endedEarly = direction == null;
                if (direction != null) {
                    direction.end();
                }
            }

            @Override
            public void writable() {
                if (direction == null) {
                    request.writable();
                } else {
                    direction.writable();
                }
            }

            @Override
            public void shutDown() {
                request.shutDown();
            }

            @Override
            public void aborted(Refusal why) {
                if (direction == null) {
                    request.aborted(why);
                } else {
                    direction.lost(true);
                }
            }
        };
    }
}
