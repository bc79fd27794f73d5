package dev.portico.proxy.http2;

import dev.portico.proxy.TestLimits;
import dev.portico.proxy.balance.Balancers;
import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.pipeline.Client;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Pipeline;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.runtime.Change;
import dev.portico.proxy.runtime.KeyedMemory;
import dev.portico.proxy.runtime.Stages;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.runtime.TableCompiler;
import dev.portico.proxy.tls.ListenerTls;
import dev.portico.proxy.tunnel.Tunnels;
import dev.portico.proxy.upstream.Hop;
import dev.portico.proxy.upstream.Leases;
import dev.portico.proxy.upstream.UpstreamLimits;
import dev.portico.proxy.upstream.Upstreams;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.Route;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One event loop that sends everything to one origin, by the real pipeline and the real upstream connections. */
final class Gateway implements AutoCloseable {
    final List<Session> sessions = new CopyOnWriteArrayList<>();
    /** Why requests did not end well. */
    final List<String> reasons = new CopyOnWriteArrayList<>();
    /** Limits of which no request told. */
    final List<ConnectionLimit> limited = new CopyOnWriteArrayList<>();

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private volatile double memoryUsed;
    private final Memory memory = new Memory(() -> memoryUsed);
    private final Table table;
    private final Upstreams upstreams;
    private final Pipeline pipeline;
    private final Sweep sweep;
    private final Http2Limits limits;
    private final Channel channel;

    Gateway(Origin origin) {
        this(origin, ClientLimits.DEFAULT);
    }

    /** Of a listener whose clients may cost so much. */
    Gateway(Origin origin, ClientLimits limits) {
        this(
                origin,
                TestLimits.traffic(limits),
                Http2Limits.of(limits),
                UpstreamLimits.ofLoops(1),
                Gateway::speakHttp2);
    }

    /** With so many places at the origin. */
    Gateway(Origin origin, UpstreamLimits places) {
        this(origin, ClientTraffic.DEFAULT, Http2Limits.of(ClientLimits.DEFAULT), places, Gateway::speakHttp2);
    }

    Gateway(Origin origin, Http2Limits limits, BiConsumer<Gateway, ChannelPipeline> accepted) {
        this(origin, ClientTraffic.DEFAULT, limits, UpstreamLimits.ofLoops(1), accepted);
    }

    private Gateway(
            Origin origin,
            ClientTraffic traffic,
            Http2Limits limits,
            UpstreamLimits places,
            BiConsumer<Gateway, ChannelPipeline> accepted) {
        EventLoop loop = loops.next();
        this.limits = limits;
        table = table(origin, traffic);
        sweep = new Sweep(loop, loop);
        upstreams = new Upstreams(loop, NioSocketChannel::new, places, sweep);
        pipeline = new Pipeline(() -> table, new Reasons(), upstreams, new Tunnels(sweep), memory);
        channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accepted.accept(Gateway.this, client.pipeline());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** From now on memory is as short as that. */
    void uses(double share) {
        memoryUsed = share;
        memory.look();
    }

    Leases leases() {
        return upstreams.leases();
    }

    void speakHttp2(ChannelPipeline to) {
        speak(to, new Client("http", peer(to), false, null, "HTTP/2.0"));
    }

    /** To a client that was shown the certificate for a name. */
    void speakHttp2(ChannelPipeline to, ListenerTls tls, @Nullable String serverName) {
        speak(to, new Client("http", peer(to), true, serverName, "HTTP/2.0", host -> tls.covers(serverName, host)));
    }

    private static InetSocketAddress peer(ChannelPipeline to) {
        return (InetSocketAddress) to.channel().remoteAddress();
    }

    private void speak(ChannelPipeline to, Client client) {
        Session session = Session.of(client, pipeline, sweep, limits);
        sessions.add(session);
        to.addLast(session);
    }

    void leave() {
        loops.next().execute(() -> sessions.forEach(Session::leave));
    }

    void shutDown() {
        loops.next().execute(() -> sessions.forEach(Session::shutDown));
    }

    void drain() {
        loops.next().execute(() -> sessions.forEach(Session::drain));
    }

    private static Table table(Origin origin, ClientTraffic traffic) {
        var versions = List.of(HttpVersion.HTTP1, HttpVersion.HTTP2);
        var route = new Route(
                "Ingress/test/all",
                Match.ALL,
                List.of(),
                new Forward(List.of(new Forward.Target("up", 1))),
                Timeouts.DEFAULT);
        var memory = new KeyedMemory();
        return new TableCompiler(new Stages(memory, System::nanoTime), new Balancers(memory)::of, _ -> Hop.PLAIN)
                .compile(
                        Table.EMPTY,
                        new Change(
                                List.of(),
                                List.of(
                                        new HttpListener("http", 80, versions, null, traffic, AccessLog.DEFAULT),
                                        new VirtualHost(
                                                HostPattern.ANY,
                                                List.of(new VirtualHost.Binding("http", null)),
                                                List.of(route)),
                                        new Upstream("up", new Balancer.RoundRobin()),
                                        new Endpoints(
                                                "up", List.of(new Endpoints.Endpoint("127.0.0.1", origin.port()))))));
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Reasons implements Recorder {
        @Override
        public void finished(Exchange exchange) {
            String reason = exchange.reason();
            if (reason != null) {
                reasons.add(reason);
            }
        }

        @Override
        public void connected(String listener) {}

        @Override
        public void limited(String listener, ConnectionLimit limit) {
            limited.add(limit);
        }

        @Override
        public void disconnected(String listener) {}
    }
}
