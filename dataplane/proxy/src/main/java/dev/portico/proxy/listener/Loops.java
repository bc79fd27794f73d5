package dev.portico.proxy.listener;

import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.pipeline.Pipeline;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.pipeline.Router;
import dev.portico.proxy.tunnel.Tunnels;
import dev.portico.proxy.upstream.Leases;
import dev.portico.proxy.upstream.UpstreamLimits;
import dev.portico.proxy.upstream.Upstreams;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** What every event loop has of its own, made when its first connection arrives. */
public final class Loops {
    private final Map<EventLoop, Loop> byEventLoop = new ConcurrentHashMap<>();
    private final VertxInternal vertx;
    private final ScheduledExecutorService clock;
    private final Supplier<? extends Router> router;
    private final Supplier<? extends Recorder> recorders;
    private final UpstreamLimits limits;
    private final Memory memory;

    /**
     * @param control its event loops keep the time for those of {@code vertx}
     * @param router the table that serves
     * @param recorders makes the recorder of one event loop
     * @param limits of one event loop
     */
    public Loops(
            Vertx vertx,
            Vertx control,
            Supplier<? extends Router> router,
            Supplier<? extends Recorder> recorders,
            UpstreamLimits limits,
            Memory memory) {
        this.vertx = (VertxInternal) vertx;
        this.clock = ((VertxInternal) control).nettyEventLoopGroup();
        this.router = router;
        this.recorders = recorders;
        this.limits = limits;
        this.memory = memory;
    }

    /** The upstream connections' figures, one of each event loop. */
    public List<Leases> leases() {
        return byEventLoop.values().stream()
                .map(loop -> loop.pipeline().upstreams().leases())
                .toList();
    }

    Memory memory() {
        return memory;
    }

    VertxInternal vertx() {
        return vertx;
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    Loop of(EventLoop eventLoop) {
        return byEventLoop.computeIfAbsent(eventLoop, this::make);
    }

    Collection<Loop> all() {
        return byEventLoop.values();
    }

    private Loop make(EventLoop eventLoop) {
        var sweep = new Sweep(eventLoop, clock);
        var upstreams = new Upstreams(eventLoop, vertx.transport().channelFactory(false), limits, sweep);
        var pipeline = new Pipeline(router, recorders.get(), upstreams, new Tunnels(sweep), memory);
        return new Loop(eventLoop, pipeline, sweep);
    }
}
