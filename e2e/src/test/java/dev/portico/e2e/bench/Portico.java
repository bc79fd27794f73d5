package dev.portico.e2e.bench;

import dev.portico.e2e.sockets.Ports;
import dev.portico.proxy.JvmOptions;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.ClientTraffic.RequestId;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data plane alone, from a last known good table: as it starts when its operator is away. */
final class Portico {
    private static final String DATA_PLANE = "bench";
    /** A quarter of a container of 1 GiB. */
    private static final String HEAP = "-Xmx256m";

    /** What it has at run time, from {@code e2e/bench/run}, without what tests need: the JVM keeps the directory of each jar in memory. */
    static final String CLASS_PATH = Objects.requireNonNull(
            System.getProperty("portico.proxy.class.path"), "e2e/bench/run says portico.proxy.class.path");

    static final String MAIN = "dev.portico.proxy.Main";

    private Portico() {}

    static List<String> command(Bench bench, String name, Setup setup, Map<Scheme, Integer> ports, List<String> options)
            throws IOException {
        Path state = Files.createDirectories(bench.directory().resolve(name));
        write(sections(bench, setup, ports), state);
        return Programs.java(
                CLASS_PATH,
                Stream.concat(options().stream(), options.stream()).toList(),
                MAIN,
                List.of(
                        "--data-plane=" + DATA_PLANE,
                        "--state=" + state,
                        "--admin-host=127.0.0.1",
                        "--admin-port=" + Ports.free(),
                        "--config-host=127.0.0.1",
                        "--config-port=" + Ports.free(),
                        "--event-loops=" + setup.loops(),
                        "--access-log=" + bench.directory().resolve(name + "-access.log"),
                        "--drain-accept=0s",
                        "--drain-timeout=0s"));
    }

    /** Of its JVM. */
    static List<String> options() {
        return Stream.concat(JvmOptions.all().stream(), Stream.of(HEAP)).toList();
    }

    private static void write(List<Section> sections, Path state) throws IOException {
        var put = sections.stream().map(EncodedSection::of).toList();
        var table = new Push(DATA_PLANE, 1, 1, null, Root.of(put).toString(), put, List.of());
        try (var out = Files.newOutputStream(state.resolve("table.ndjson"))) {
            PushCodec.write(table, out);
        }
    }

    private static List<Section> sections(Bench bench, Setup setup, Map<Scheme, Integer> ports) throws IOException {
        var sections = new ArrayList<Section>();
        ports.forEach((scheme, port) -> sections.add(listener(setup, scheme, port)));
        sections.add(new Certificate(
                "bench",
                List.of(Scheme.HTTPS.name()),
                List.of(HostPattern.ANY),
                Files.readString(bench.directory().resolve("tls.crt")),
                Files.readString(bench.directory().resolve("tls.key"))));
        sections.add(new VirtualHost(
                HostPattern.ANY,
                Arrays.stream(Scheme.values())
                        .map(scheme -> new VirtualHost.Binding(scheme.name(), null))
                        .toList(),
                routes(setup)));
        sections.add(new Upstream("origin", new Balancer.RoundRobin()));
        sections.add(endpoint("origin", bench.origin()));
        sections.add(new Upstream("echo", new Balancer.RoundRobin()));
        sections.add(endpoint("echo", bench.echo()));
        sections.add(new Upstream("calls", new Balancer.RoundRobin(), HttpVersion.HTTP2, null));
        sections.add(endpoint("calls", bench.echo()));
        return sections;
    }

    private static HttpListener listener(Setup setup, Scheme scheme, int port) {
        List<HttpVersion> versions = switch (scheme) {
            case HTTP -> List.of(HttpVersion.HTTP1);
            case HTTPS -> List.of(HttpVersion.HTTP1, HttpVersion.HTTP2);
            case H2C -> List.of(HttpVersion.HTTP2);
        };
        @Nullable Tls tls = scheme == Scheme.HTTPS ? new Tls(Tls.MinVersion.TLS_1_2) : null;
        return new HttpListener(scheme.name(), port, versions, tls, traffic(setup), AccessLog.DEFAULT);
    }

    /** The defaults, but for ids, and a connection that carries as many requests as it likes, as those of the peers do. */
    private static ClientTraffic traffic(Setup setup) {
        ClientTraffic usual = ClientTraffic.DEFAULT;
        ClientLimits limits = ClientLimits.DEFAULT;
        return new ClientTraffic(
                usual.trustedProxies(),
                usual.serverHeader(),
                setup.requestIds()
                        ? usual.requestId()
                        : new RequestId(usual.requestId().header(), RequestId.Mode.DISABLED),
                usual.escapedSlashes(),
                usual.underscoreHeaders(),
                new ClientLimits(
                        new ClientLimits.Connections(limits.connections().max(), 0, 0),
                        limits.headers(),
                        limits.timeouts(),
                        limits.minBodyRate(),
                        limits.http2()));
    }

    private static Endpoints endpoint(String upstream, int port) {
        return new Endpoints(upstream, List.of(new Endpoints.Endpoint("127.0.0.1", port)));
    }

    private static List<Route> routes(Setup setup) {
        var routes = new ArrayList<Route>();
        setup.paths().forEach(path -> routes.add(route(path, "origin")));
        routes.add(route("/echo", "echo"));
        routes.add(route("/bench.Echo", "calls"));
        return routes;
    }

    private static Route route(String path, String upstream) {
        return new Route(
                "bench" + path,
                Match.path(PathMatch.Kind.PREFIX, path),
                List.of(),
                new Forward(List.of(new Forward.Target(upstream, 1))),
                Timeouts.DEFAULT);
    }
}
