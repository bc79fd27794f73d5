package dev.portico.proxy.upstream;

import dev.portico.proxy.codec.MessageWriter;
import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.upstream.Pool.Destination;
import dev.portico.routetable.Endpoints.Endpoint;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.util.HashMap;
import java.util.Map;

/** The connections of one event loop to all endpoints. */
public final class Upstreams {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Map<Destination, Pool> pools = new HashMap<>();
    private final Bootstrap bootstrap;
    private final UpstreamLimits limits;
    private final Sweep sweep;
    private final MessageWriter writer = new MessageWriter();
    private final Leases leases = new Leases();
    private long noneIdleAt = -1;

    public Upstreams(EventLoop loop, ChannelFactory<? extends Channel> channels, UpstreamLimits limits, Sweep sweep) {
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(channels)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                // An endpoint may answer and then reset the rest of a body: a failed write must not drop what is
                // unread.
                .option(ChannelOption.AUTO_CLOSE, false)
                // A dial has a deadline of its own, for all of it.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        this.limits = limits;
        this.sweep = sweep;
    }

    /** Prepares a request to an endpoint; nothing happens before {@link Attempt#start}. */
    public Attempt attempt(Endpoint endpoint, Hop hop, UpstreamRequest request, ResponseSink sink) {
        return new Attempt(pool(new Destination(endpoint, hop)), request, sink);
    }

    public Leases leases() {
        return leases;
    }

    private Pool pool(Destination destination) {
        Pool pool = pools.get(destination);
        if (pool == null) {
            pool = new Pool(this, destination);
            pools.put(destination, pool);
            sweep.add(pool);
        }
        return pool;
    }

    /** Whether there may be one connection more. Where there are all that there may be, one that is idle makes way. */
    boolean makesRoom() {
        return leases.open() < limits.all() || closesIdle();
    }

    /** All pools are looked through once, and not again before a request has ended: until then nothing can have become idle. */
    private boolean closesIdle() {
        if (leases.returned() == noneIdleAt) {
            return false;
        }
        boolean closes = pools.values().stream().anyMatch(Pool::closeIdle);
        noneIdleAt = closes ? -1 : leases.returned();
        return closes;
    }

    void forget(Pool pool) {
        pools.remove(pool.destination());
        sweep.remove(pool);
    }

    Bootstrap bootstrap() {
        return bootstrap.clone();
    }

    UpstreamLimits limits() {
        return limits;
    }

    Sweep sweep() {
        return sweep;
    }

    MessageWriter writer() {
        return writer;
    }
}
