package dev.portico.images;

import dev.portico.echo.Behaviour;
import dev.portico.echo.Echo;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Tls;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A proxy that has a last known good table and is asked by all that clients speak; its endpoint is an echo. */
final class ProxyRehearsal implements Rehearsal {
    private static final String DATA_PLANE = "rehearsal";
    private static final String HOST = "api.example.org";
    private static final String PLAIN = "http";
    private static final String SECURE = "https";

    private static final String API = "api";
    private static final String SLOW = "slow";

    /** What a connection is doing is looked at twice in a second. */
    private static final Duration LOOKED_AT = Duration.ofMillis(1_500);

    private final Client client = new Client();
    private final Path state;
    private final int http;
    private final int https;
    private final int admin;

    private ProxyRehearsal(Path state, int http, int https, int admin) {
        this.state = state;
        this.http = http;
        this.https = https;
        this.admin = admin;
    }

    static ProxyRehearsal in(Path directory) throws IOException {
        Path state = directory.resolve("state");
        Trees.delete(state);
        Files.createDirectories(state.resolve("identity"));
        var rehearsal = new ProxyRehearsal(state, Client.freePort(), Client.freePort(), Client.freePort());
        rehearsal.write(Example.read());
        return rehearsal;
    }

    private void write(Example example) throws IOException {
        Path identity = state.resolve("identity");
        Files.writeString(identity.resolve("ca.crt"), example.pem("tls.crt"));
        Files.writeString(identity.resolve("tls.crt"), example.pem("tls.crt"));
        Files.writeString(identity.resolve("tls.key"), example.pem("tls.key"));
        var put = sections(example).stream().map(EncodedSection::of).toList();
        var table = new Push(DATA_PLANE, 1, 1, null, Root.of(put).toString(), put, List.of());
        try (var out = Files.newOutputStream(state.resolve("table.ndjson"))) {
            PushCodec.write(table, out);
        }
    }

    private Endpoints endpoints(String upstream, Duration delay) {
        var behaviour = new Behaviour(upstream, Example.NAMESPACE, 200, Map.of(), null, delay, null, null);
        int port =
                Echo.listen(client.vertx(), behaviour, "127.0.0.1", 0).await().actualPort();
        return new Endpoints(upstream, List.of(new Endpoints.Endpoint("127.0.0.1", port)));
    }

    private static Route route(String upstream, String path) {
        return new Route(
                upstream,
                Match.path(PathMatch.Kind.PREFIX, path),
                List.of(),
                new Forward(List.of(new Forward.Target(upstream, 1))),
                Timeouts.DEFAULT);
    }

    private List<Section> sections(Example example) {
        var all = List.of(HostPattern.ANY);
        var bindings = List.of(new VirtualHost.Binding(PLAIN, null), new VirtualHost.Binding(SECURE, null));
        return List.of(
                listener(PLAIN, http, null),
                listener(SECURE, https, new Tls(Tls.MinVersion.TLS_1_2)),
                new Certificate("api", List.of(SECURE), all, example.pem("tls.crt"), example.pem("tls.key")),
                new VirtualHost(HostPattern.ANY, bindings, List.of(route(SLOW, "/slow"), route(API, "/"))),
                new Upstream(API, new Balancer.RoundRobin()),
                new Upstream(SLOW, new Balancer.RoundRobin()),
                endpoints(API, Duration.ZERO),
                endpoints(SLOW, LOOKED_AT));
    }

    private static HttpListener listener(String id, int port, @Nullable Tls tls) {
        return new HttpListener(
                id, port, List.of(HttpVersion.HTTP1, HttpVersion.HTTP2), tls, ClientTraffic.DEFAULT, AccessLog.DEFAULT);
    }

    @Override
    public List<String> arguments() {
        return List.of(
                "--data-plane=" + DATA_PLANE,
                "--state=" + state,
                "--listen-host=127.0.0.1",
                "--admin-host=127.0.0.1",
                "--admin-port=" + admin,
                "--config-host=127.0.0.1",
                "--config-port=0",
                "--drain-accept=0s",
                "--drain-timeout=1s");
    }

    @Override
    public void awaitServed(Process process) throws InterruptedException {
        Client.awaitServed(process, http, HOST);
    }

    @Override
    public void perform() throws InterruptedException {
        for (var version : List.of(io.vertx.core.http.HttpVersion.HTTP_1_1, io.vertx.core.http.HttpVersion.HTTP_2)) {
            client.ask(http, HOST, "/cart", version, false, "two apples", 200);
            client.ask(https, HOST, "/cart", version, true, "two apples", 200);
            client.ask(http, HOST, "/slow", version, false, "", 200);
        }
        client.speak(http, HOST);
        for (String path : List.of("/livez", "/readyz", "/metrics")) {
            client.ask(admin, "localhost", path, io.vertx.core.http.HttpVersion.HTTP_1_1, false, "", 200);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
