package dev.portico.proxy.listener;

import dev.portico.proxy.http1.Http1Limits;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of a table's listeners. Called by any thread but event loops: binding waits. */
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
    private static final int BACKLOG = 4096;

    private final Loops loops;
    private final String host;
    private final Connections connections;
    private final Map<Integer, BoundListener> byPort = new HashMap<>();
    private boolean closed;

    /**
     * @param host the local address to listen on, {@code 0.0.0.0} for all
     * @param tls the certificates that serve
     */
    public Listeners(Loops loops, String host, Supplier<TlsTable> tls, Http1Limits limits) {
        this.loops = loops;
        this.host = host;
        this.connections = new Connections(loops, tls, limits);
    }

    /** Binds what is not bound yet and touches nothing else. Says of each listener whether it is bound. */
    public synchronized List<Outcome> open(Collection<HttpListener> listeners) {
        var outcomes = new ArrayList<Outcome>();
        for (HttpListener listener : listeners) {
            outcomes.add(open(listener));
        }
        return outcomes;
    }

    private Outcome open(HttpListener listener) {
        if (closed) {
            return new Outcome(listener.id(), "port " + listener.port() + " is closed: the data plane is ending");
        }
        BoundListener bound = byPort.get(listener.port());
        if (bound != null) {
            bound.serve(listener);
            return new Outcome(listener.id(), null);
        }
        var slot = new BoundListener.Slot(listener);
        ChannelFuture binding = bootstrap(slot)
                .bind(new InetSocketAddress(host, listener.port()))
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            String problem = "port " + listener.port() + " cannot be bound: "
                    + binding.cause().getMessage();
            LOG.warn("listener {}: {}", listener.id(), problem);
            return new Outcome(listener.id(), problem);
        }
        byPort.put(listener.port(), new BoundListener(binding.channel(), slot));
        LOG.info("listener {} is on {}:{}", listener.id(), host, listener.port());
        return new Outcome(listener.id(), null);
    }

    private ServerBootstrap bootstrap(BoundListener.Slot slot) {
        VertxInternal vertx = loops.vertx();
        return new ServerBootstrap()
                .group(vertx.acceptorEventLoopGroup(), vertx.nettyEventLoopGroup())
                .channelFactory(vertx.transport().serverChannelFactory(false))
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.accept(channel, slot.listener());
                    }
                });
    }

    /** Closes the sockets of all other listeners; their connections end when no request runs on them. */
    public synchronized void closeOthers(Collection<HttpListener> listeners) {
        Set<String> kept = listeners.stream().map(HttpListener::id).collect(Collectors.toSet());
        byPort.values().removeIf(bound -> {
            boolean goes = !kept.contains(bound.listener().id());
            if (goes) {
                bound.close();
                LOG.info("listener {} is closed", bound.listener().id());
            }
            return goes;
        });
        end(connection -> !kept.contains(connection.listener()), true);
    }

    /** Every answer from now on tells its client to go elsewhere; new clients are still served. */
    public void announceEnd() {
        connections.drain();
        end(_ -> true, false);
    }

    /** Accepts no more, whatever table comes; connections end when no request runs on them. */
    public synchronized void close() {
        closed = true;
        byPort.values().forEach(BoundListener::close);
        byPort.clear();
        connections.drain();
        end(_ -> true, true);
    }

    private void end(Predicate<OpenConnection> which, boolean now) {
        for (Loop loop : loops.all()) {
            loop.eventLoop()
                    .execute(() ->
                            List.copyOf(loop.open()).stream().filter(which).forEach(connection -> connection.end(now)));
        }
    }
}
