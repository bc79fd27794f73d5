package dev.portico.proxy.listener;

import dev.portico.proxy.loop.UnseenReset;
import dev.portico.proxy.telemetry.MetricSource;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.routetable.HttpListener;
import dev.portico.wire.Answer.Outcome;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of a table's listeners. Called by any thread but event loops: binding waits. */
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
    private static final int BACKLOG = 4096;
    private static final long PATIENCE_SECONDS = 1;
    private static final long REVIEW_MILLIS = 100;

    private final Loops loops;
    private final String host;
    private final Connections connections;
    private final Admission admission;
    private final Map<Integer, BoundListener> byPort = new HashMap<>();
    private List<HttpListener> wanted = List.of();
    private volatile List<Outcome> outcomes = List.of();
    private boolean closed;

    /**
     * @param host the local address to listen on, {@code 0.0.0.0} for all
     * @param tls the certificates that serve
     * @param room how many connections of clients the process has file descriptors for
     */
    public Listeners(Loops loops, String host, Supplier<TlsTable> tls, int room) {
        this.loops = loops;
        this.host = host;
        this.connections = new Connections(loops, tls);
        this.admission = new Admission(room, loops.memory());
        var _ = loops.clock()
                .scheduleWithFixedDelay(admission::review, REVIEW_MILLIS, REVIEW_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Figures of who was let in. */
    public MetricSource figures() {
        return admission;
    }

    /** Binds what is not bound yet and touches nothing else. */
    public synchronized void open(Collection<HttpListener> listeners) {
        wanted = List.copyOf(listeners);
        retry();
    }

    /** Tries again to bind what could not be bound: whoever has the port may have gone. */
    public synchronized void retry() {
        outcomes = wanted.stream()
                .map(listener -> new Outcome(listener.id(), problem(listener)))
                .toList();
    }

    /** Whether each listener of the last table is bound. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    private @Nullable String problem(HttpListener listener) {
        if (closed) {
            return "port " + listener.port() + " is closed: the data plane is ending";
        }
        BoundListener bound = byPort.get(listener.port());
        if (bound != null) {
            bound.serve(listener);
            return null;
        }
        var slot = new BoundListener.Slot(listener);
        ChannelFuture binding = bootstrap(slot)
                .bind(new InetSocketAddress(host, listener.port()))
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            String problem = "port " + listener.port() + " cannot be bound: "
                    + binding.cause().getMessage();
            var outcome = new Outcome(listener.id(), problem);
            if (!outcomes.contains(outcome)) {
                LOG.warn("listener {}: {}", listener.id(), problem);
            }
            return problem;
        }
        byPort.put(listener.port(), new BoundListener(binding.channel(), slot));
        LOG.info("listener {} is on {}:{}", listener.id(), host, listener.port());
        return null;
    }

    private ServerBootstrap bootstrap(BoundListener.Slot slot) {
        VertxInternal vertx = loops.vertx();
        return new ServerBootstrap()
                .group(vertx.acceptorEventLoopGroup(), vertx.nettyEventLoopGroup())
                .channelFactory(vertx.transport().serverChannelFactory(false))
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(new Door(admission, slot))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Unsent.bound(channel);
                        UnseenReset.watch(channel);
                        connections.accept(channel, slot);
                    }
                });
    }

    /**
     * Closes the sockets of all other ports; the connections of other listeners end when no request runs on them. Returns
     * when all of them have heard of it, so that none brings another request.
     */
    public synchronized void closeOthers(Collection<HttpListener> listeners) {
        Set<Integer> ports = listeners.stream().map(HttpListener::port).collect(Collectors.toSet());
        byPort.entrySet().removeIf(bound -> {
            boolean goes = !ports.contains(bound.getKey());
            if (goes) {
                bound.getValue().close();
                LOG.info("{}:{} is closed", host, bound.getKey());
            }
            return goes;
        });
        Set<String> kept = listeners.stream().map(HttpListener::id).collect(Collectors.toSet());
        await(end(connection -> !kept.contains(connection.listener()), Farewell.IDLE));
    }

    private static void await(CountDownLatch heard) {
        try {
            if (!heard.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("an event loop has heard nothing for {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every answer from now on tells its client to go elsewhere; new clients are still served. */
    public void announceEnd() {
        connections.drain();
        var _ = end(_ -> true, Farewell.SOON);
    }

    /** Accepts no more, whatever table comes; connections end when no request runs on them. */
    public synchronized void close() {
        closed = true;
        byPort.values().forEach(BoundListener::close);
        byPort.clear();
        connections.drain();
        var _ = end(_ -> true, Farewell.IDLE);
    }

    /** Waits for no request any more, once they are closed: each is answered with what can still be said. */
    public void shutDown() {
        var _ = end(_ -> true, Farewell.NOW);
    }

    private CountDownLatch end(Predicate<OpenConnection> which, Farewell farewell) {
        List<Loop> all = List.copyOf(loops.all());
        var heard = new CountDownLatch(all.size());
        for (Loop loop : all) {
            loop.eventLoop().execute(() -> {
                List.copyOf(loop.open()).stream().filter(which).forEach(connection -> connection.end(farewell));
                heard.countDown();
            });
        }
        return heard;
    }
}
