package dev.portico.proxy.http1;

import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestPorts;
import dev.portico.proxy.balance.Balancers;
import dev.portico.proxy.listener.Listeners;
import dev.portico.proxy.listener.Loops;
import dev.portico.proxy.listener.TransportKind;
import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Ending;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Gate;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.proxy.pipeline.Router;
import dev.portico.proxy.pipeline.RunnableRoute;
import dev.portico.proxy.pipeline.Stage;
import dev.portico.proxy.runtime.Change;
import dev.portico.proxy.runtime.KeyedMemory;
import dev.portico.proxy.runtime.Stages;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.runtime.TableCompiler;
import dev.portico.proxy.tls.Engine;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.proxy.upstream.Hop;
import dev.portico.proxy.upstream.Leases;
import dev.portico.proxy.upstream.UpstreamLimits;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The data plane with one listener and one route for everything, as far as clients and endpoints see it. */
final class Front implements AutoCloseable {
    final List<String> reasons = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger tunnels = new AtomicInteger();
    final Listeners listeners;
    private volatile double memoryUsed;
    private final Memory memory = new Memory(() -> memoryUsed);
    final Loops loops;
    private final Vertx vertx;
    private final HttpListener listener;

    Front(Origin... origins) throws IOException {
        this(ClientTraffic.DEFAULT, Timeouts.DEFAULT, UpstreamLimits.ofLoops(2), ports(origins));
    }

    Front(ClientTraffic traffic, Origin origin) throws IOException {
        this(traffic, Timeouts.DEFAULT, UpstreamLimits.ofLoops(2), ports(origin));
    }

    Front(ClientTraffic traffic, Timeouts timeouts, Origin origin) throws IOException {
        this(traffic, timeouts, UpstreamLimits.ofLoops(2), ports(origin));
    }

    /** Listens on all addresses and finds the origin by IPv6. */
    static Front onIpv6(Origin origin) throws IOException {
        return new Front(
                TransportKind.best(),
                ClientTraffic.DEFAULT,
                Timeouts.DEFAULT,
                UpstreamLimits.ofLoops(2),
                "::",
                ports(origin),
                table -> table);
    }

    static Front on(TransportKind transport, Origin origin) throws IOException {
        return new Front(
                transport,
                ClientTraffic.DEFAULT,
                Timeouts.DEFAULT,
                UpstreamLimits.ofLoops(2),
                "127.0.0.1",
                ports(origin),
                table -> table);
    }

    Front(ClientTraffic traffic, Timeouts timeouts, UpstreamLimits upstream, List<Integer> ports) throws IOException {
        this(TransportKind.best(), traffic, timeouts, upstream, "127.0.0.1", ports, table -> table);
    }

    /** With a stage that no filter makes. */
    Front(Stage stage, int port) throws IOException {
        this(
                TransportKind.best(),
                ClientTraffic.DEFAULT,
                Timeouts.DEFAULT,
                UpstreamLimits.ofLoops(2),
                "127.0.0.1",
                List.of(port),
                table -> new Staged(table, stage));
    }

    private Front(
            TransportKind transport,
            ClientTraffic traffic,
            Timeouts timeouts,
            UpstreamLimits upstream,
            String host,
            List<Integer> ports,
            UnaryOperator<Router> routed)
            throws IOException {
        vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(2))
                .withTransport(transport.transport())
                .build();
        listener = new HttpListener(
                "http",
                TestPorts.free(),
                List.of(HttpVersion.HTTP1, HttpVersion.HTTP2),
                null,
                traffic,
                AccessLog.DEFAULT);
        Router router = routed.apply(table(listener, timeouts, host.equals("::") ? "::1" : host, ports));
        loops = new Loops(vertx, vertx, () -> router, Reasons::new, upstream, memory);
        listeners = new Listeners(loops, host, () -> TlsTable.none(Engine.jdk()), 10_000);
        listeners.open(List.of(listener));
        if (listeners.outcomes().getFirst().problem() != null) {
            throw new IOException("the listener was not bound");
        }
    }

    static List<Integer> ports(Origin... origins) {
        return List.of(origins).stream().map(Origin::port).toList();
    }

    RawClient client() throws IOException {
        return new RawClient(InetAddress.getLoopbackAddress(), listener.port());
    }

    RawClient client(String address) throws IOException {
        return new RawClient(InetAddress.getByName(address), listener.port());
    }

    /** What a client gets that says this and no more. */
    String ask(String text) throws IOException {
        try (RawClient client = client()) {
            return client.send(text).response();
        }
    }

    /** From now on memory is as short as that. */
    void uses(double share) {
        memoryUsed = share;
        memory.look();
    }

    /** Whoever arrives now is not accepted: two reviews of the listeners have passed. */
    void awaitPause() {
        await().until(() -> {
            try (RawClient probe = client()) {
                probe.socket.setSoTimeout(200);
                return probe.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                .socket
                                .getInputStream()
                                .read()
                        < 0;
            } catch (SocketTimeoutException e) {
                return true;
            }
        });
    }

    int leased() {
        return loops.leases().stream().mapToInt(Leases::leased).sum();
    }

    private static Table table(HttpListener listener, Timeouts timeouts, String address, List<Integer> ports) {
        var route = new Route(
                "Ingress/test/all", Match.ALL, List.of(), new Forward(List.of(new Forward.Target("up", 1))), timeouts);
        List<Section> sections = List.of(
                listener,
                new VirtualHost(HostPattern.ANY, List.of(new VirtualHost.Binding(listener.id(), null)), List.of(route)),
                new Upstream("up", new Balancer.RoundRobin()),
                new Endpoints(
                        "up",
                        ports.stream()
                                .map(port -> new Endpoints.Endpoint(address, port))
                                .toList()));
        var memory = new KeyedMemory();
        return new TableCompiler(new Stages(memory, System::nanoTime), new Balancers(memory)::of, _ -> Hop.PLAIN)
                .compile(Table.EMPTY, new Change(List.of(), sections));
    }

    @Override
    public void close() {
        listeners.close();
        vertx.close().await();
    }

    /** A table whose routes have one stage and no other. */
    private record Staged(Router table, Stage stage) implements Router {
        @Override
        public @Nullable Site listener(String id) {
            Site site = table.listener(id);
            return site == null ? null : new StagedSite(site, stage);
        }

        @Override
        public Router.@Nullable Upstream upstream(String id) {
            return table.upstream(id);
        }
    }

    private record StagedSite(Router.Site site, Stage stage) implements Router.Site {
        @Override
        public Gate gate() {
            return site.gate();
        }

        @Override
        public Router.@Nullable Host host(String name) {
            Router.Host host = site.host(name);
            return host == null ? null : new StagedHost(host, stage);
        }
    }

    private record StagedHost(Router.Host host, Stage stage) implements Router.Host {
        @Override
        public Ending.@Nullable Answer redirect() {
            return host.redirect();
        }

        @Override
        public @Nullable RunnableRoute match(RequestHead head) {
            RunnableRoute route = host.match(head);
            return route == null
                    ? null
                    : new RunnableRoute(route.id(), route.timeouts(), List.of(stage), route.ending());
        }
    }

    private final class Reasons implements Recorder {
        @Override
        public void finished(Exchange exchange) {
            String reason = exchange.reason();
            reasons.add(reason == null ? "served" : reason);
        }

        @Override
        public void tunnelBegun(String id) {
            tunnels.incrementAndGet();
        }

        @Override
        public void tunnelOver(String id) {
            tunnels.decrementAndGet();
        }

        @Override
        public void connected(String id) {
            connections.incrementAndGet();
        }

        @Override
        public void limited(String listener, ConnectionLimit limit) {}

        @Override
        public void disconnected(String id) {
            connections.decrementAndGet();
        }
    }
}
