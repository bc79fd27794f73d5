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
    private @Nullable Lease lease;
    private boolean connecting;
    private boolean counted;
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
        if (lease == null) {
            data.release();
        } else {
            lease.data(data);
        }
    }

    /** Ends the body. */
    public void end(@Nullable HttpHeaders trailers) {
        if (lease != null) {
            lease.end(trailers);
        }
    }

    /** Whether more of the body may be sent; else {@link ResponseSink#writable} will say. */
    public boolean isWritable() {
        return lease != null && lease.isWritable();
    }

    /** Stops or resumes the flow of the response. */
    public void pause(boolean paused) {
        if (lease != null) {
            lease.pause(paused);
        }
    }

    /** Gives everything back at once; the sink hears no more. */
    public void cancel() {
        Lease used = lease;
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

    /** Whether a connection is being made for it; else it waits its turn. */
    void connecting(boolean is) {
        connecting = is;
        count(is);
    }

    void attached(Lease ofConnection) {
        connecting = false;
        count(true);
        lease = ofConnection;
    }

    private void count(boolean holds) {
        if (counted != holds) {
            counted = holds;
            pool.upstreams().leases().leased(holds ? 1 : -1);
        }
    }

    void fail(Failure failure) {
        Lease used = lease;
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
        lease = null;
        pool.upstreams().sweep().remove(this);
        if (counted) {
            count(false);
        } else {
            pool.leave(this);
        }
        return true;
    }

    @Override
    protected void check(long now) {
        if (request.deadline() != UpstreamRequest.NEVER && now - request.deadline() >= 0) {
            fail(Failure.TIMEOUT);
        } else if (lease != null) {
            lease.check(now);
        } else if (!connecting
                && now - startedAt > pool.upstreams().limits().acquire().toNanos()) {
            fail(Failure.OVERLOADED);
        }
    }
}
