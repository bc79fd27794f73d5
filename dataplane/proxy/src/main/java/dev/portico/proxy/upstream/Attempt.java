package dev.portico.proxy.upstream;

import dev.portico.proxy.loop.Timed;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** One request to one endpoint: over when it was answered, has failed or was cancelled, and never twice. */
public final class Attempt extends Timed {
    private final Pool pool;
    private final UpstreamRequest request;
    private final ResponseSink sink;
    private final long startedAt = System.nanoTime();
    private @Nullable UpstreamConnection connection;
    private boolean connecting;
    private boolean leased;
    private boolean over;

    Attempt(Pool pool, UpstreamRequest request, ResponseSink sink) {
        this.pool = pool;
        this.request = request;
        this.sink = sink;
    }

    /** @param fresh on a new connection, because an idle one has proved dead */
    public void start(boolean fresh) {
        pool.upstreams().sweep().add(this);
        pool.lease(this, fresh);
    }

    /** Sends a part of the body. Takes the buffer over. */
    public void data(ByteBuf data) {
        if (connection == null) {
            data.release();
        } else {
            connection.data(data);
        }
    }

    /** Ends the body. */
    public void end(@Nullable HttpHeaders trailers) {
        if (connection != null) {
            connection.endRequest(trailers);
        }
    }

    /** Whether more of the body may be sent; else {@link ResponseSink#writable} will say. */
    public boolean isWritable() {
        return connection != null && connection.isWritable();
    }

    /** Stops or resumes the flow of the response. */
    public void pause(boolean paused) {
        if (connection != null) {
            connection.pause(paused);
        }
    }

    /** Gives everything back at once; the sink hears no more. */
    public void cancel() {
        UpstreamConnection used = connection;
        if (finish() && used != null) {
            used.abandon();
        }
    }

    public boolean isOver() {
        return over;
    }

    UpstreamRequest request() {
        return request;
    }

    ResponseSink sink() {
        return sink;
    }

    void connecting() {
        connecting = true;
        lease();
    }

    void attach(UpstreamConnection leasedConnection) {
        connecting = false;
        lease();
        connection = leasedConnection;
        leasedConnection.begin(this);
    }

    private void lease() {
        if (!leased) {
            leased = true;
            pool.upstreams().leases().leased(1);
        }
    }

    void fail(Failure failure) {
        UpstreamConnection used = connection;
        if (finish()) {
            if (used != null) {
                used.abandon();
            }
            sink.failed(failure);
        }
    }

    /** Ends the attempt; false where it had ended before. */
    boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        connection = null;
        pool.upstreams().sweep().remove(this);
        if (leased) {
            pool.upstreams().leases().leased(-1);
        } else {
            pool.leave(this);
        }
        return true;
    }

    @Override
    protected void check(long now) {
        if (request.deadline() != UpstreamRequest.NEVER && now - request.deadline() >= 0) {
            fail(Failure.TIMEOUT);
        } else if (connection != null) {
            connection.check(now);
        } else if (!connecting
                && now - startedAt > pool.upstreams().limits().acquire().toNanos()) {
            fail(Failure.OVERLOADED);
        }
    }
}
