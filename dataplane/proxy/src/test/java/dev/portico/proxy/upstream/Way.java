package dev.portico.proxy.upstream;

import dev.portico.proxy.TestPorts;
import dev.portico.proxy.balance.Balancers;
import dev.portico.proxy.listener.Listeners;
import dev.portico.proxy.listener.Loops;
import dev.portico.proxy.listener.TransportKind;
import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.runtime.Change;
import dev.portico.proxy.runtime.KeyedMemory;
import dev.portico.proxy.runtime.Stages;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.runtime.TableCompiler;
import dev.portico.proxy.tls.Engine;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.proxy.tls.UpstreamHops;
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
import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.VirtualHost;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The data plane on one event loop, with one route to endpoints on this machine, and clients of both protocols. */
final class Way implements AutoCloseable {
    final List<String> reasons = new CopyOnWriteArrayList<>();
    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(TransportKind.best().transport())
            .build();
    final Caller caller;
    private final HttpListener listener;
    private final Loops loops;
    private final Listeners listeners;
    private final TableCompiler compiler;
    private volatile Table table;

    Way(@Nullable HttpVersion protocol, @Nullable UpstreamTls tls, int... ports) throws IOException {
        this(Engine.jdk(), Timeouts.DEFAULT, protocol, tls, ports);
    }

    Way(Engine engine, Timeouts timeouts, @Nullable HttpVersion protocol, @Nullable UpstreamTls tls, int... ports)
            throws IOException {
        this(engine, timeouts, UpstreamLimits.ofLoops(1), protocol, tls, ports);
    }

    Way(
            Engine engine,
            Timeouts timeouts,
            UpstreamLimits limits,
            @Nullable HttpVersion protocol,
            @Nullable UpstreamTls tls,
            int... ports)
            throws IOException {
        listener = new HttpListener(
                "http",
                TestPorts.free(),
                List.of(HttpVersion.values()),
                null,
                ClientTraffic.DEFAULT,
                AccessLog.DEFAULT);
        var memory = new KeyedMemory();
        compiler = new TableCompiler(
                new Stages(memory, System::nanoTime), new Balancers(memory)::of, new UpstreamHops(engine)::of);
        table = compiler.compile(Table.EMPTY, new Change(List.of(), sections(timeouts, protocol, tls, ports)));
        loops = new Loops(vertx, vertx, () -> table, Reasons::new, limits, new Memory(() -> 0));
        listeners = new Listeners(loops, "127.0.0.1", () -> TlsTable.none(Engine.jdk()), 10_000);
        listeners.open(List.of(listener));
        if (listeners.outcomes().getFirst().problem() != null) {
            throw new IOException("the listener was not bound");
        }
        caller = new Caller(vertx, listener.port());
    }

    /** Another one from now on. */
    void use(@Nullable HttpVersion protocol, @Nullable UpstreamTls tls) {
        var next = new Upstream("up", new Balancer.RoundRobin(), protocol, tls);
        table = compiler.compile(table, new Change(List.of(next), List.of(next)));
    }

    private List<Section> sections(
            Timeouts timeouts, @Nullable HttpVersion protocol, @Nullable UpstreamTls tls, int... ports) {
        var route = new Route(
                "Ingress/test/all", Match.ALL, List.of(), new Forward(List.of(new Forward.Target("up", 1))), timeouts);
        return List.of(
                listener,
                new VirtualHost(HostPattern.ANY, List.of(new VirtualHost.Binding(listener.id(), null)), List.of(route)),
                new Upstream("up", new Balancer.RoundRobin(), protocol, tls),
                new Endpoints(
                        "up",
                        Arrays.stream(ports)
                                .mapToObj(port -> new Endpoints.Endpoint("127.0.0.1", port))
                                .toList()));
    }

    int port() {
        return listener.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    int leased() {
        return loops.leases().stream().mapToInt(Leases::leased).sum();
    }

    int open() {
        return loops.leases().stream().mapToInt(Leases::open).sum();
    }

    @Override
    public void close() {
        client.close();
        listeners.close();
        vertx.close().await();
    }

    private final class Reasons implements Recorder {
        @Override
        public void finished(Exchange exchange) {
            String reason = exchange.reason();
            reasons.add(reason == null ? "served" : reason);
        }

        @Override
        public void connected(String id) {}

        @Override
        public void limited(String id, ConnectionLimit limit) {}

        @Override
        public void disconnected(String id) {}
    }
}
