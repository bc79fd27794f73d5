package dev.portico.e2e.bench;

import dev.portico.proxy.balance.Balancers;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.proxy.pipeline.Router;
import dev.portico.proxy.pipeline.RunnableRoute;
import dev.portico.proxy.runtime.Change;
import dev.portico.proxy.runtime.KeyedMemory;
import dev.portico.proxy.runtime.Stages;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.runtime.TableCompiler;
import dev.portico.proxy.upstream.Hop;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.VirtualHost;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find the route of a request: a random host, and one of its ten routes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class LookUp {
    static final int ROUTES_OF_A_HOST = 10;
    private static final int DIGITS = 5;
    private static final String LISTENER = "http";

    @Param({"10", "10000"})
    public int routes;

    @Param({"EXACT", "PREFIX"})
    public PathMatch.Kind kind = PathMatch.Kind.EXACT;

    private final SplittableRandom random = new SplittableRandom(7);
    private final HttpHeaders headers = new DefaultHttpHeaders();
    private Router table = Table.EMPTY;
    private byte[] received = new byte[0];
    private int hosts;
    private List<String> paths = List.of();

    @Setup
    public void setUp() {
        hosts = routes / ROUTES_OF_A_HOST;
        table = table(hosts, kind);
        received = name(0).getBytes(StandardCharsets.US_ASCII);
        String rest = kind == PathMatch.Kind.PREFIX ? "/items/7" : "";
        paths = IntStream.range(0, ROUTES_OF_A_HOST)
                .mapToObj(i -> path(i) + rest)
                .toList();
    }

    /**
     * Every request brings a host of its own bytes, no String of the table and no hash that is known already; and they
     * were just received, so they come from the nearest cache however many hosts there are.
     */
    @Benchmark
    public @Nullable RunnableRoute find() {
        int number = random.nextInt(hosts);
        for (int i = DIGITS; i > 0; i--) {
            received[i - 1] = (byte) ('0' + number % 10);
            number /= 10;
        }
        String host = new String(received, StandardCharsets.ISO_8859_1);
        String path = paths.get(random.nextInt(ROUTES_OF_A_HOST));
        var request = new RequestHead("GET", "http", host, host, path, null, headers);
        Router.Site site = table.listener(LISTENER);
        Router.Host found = site == null ? null : site.host(host);
        return found == null ? null : found.match(request);
    }

    /** A table of so many hosts, each with {@link #ROUTES_OF_A_HOST} routes, as a data plane holds it. */
    static Table table(int hosts, PathMatch.Kind kind) {
        var memory = new KeyedMemory();
        var compiler =
                new TableCompiler(new Stages(memory, System::nanoTime), new Balancers(memory)::of, _ -> Hop.PLAIN);
        var sections = new ArrayList<Section>();
        sections.add(new HttpListener(
                LISTENER, 80, List.of(HttpVersion.HTTP1), null, ClientTraffic.DEFAULT, AccessLog.DEFAULT));
        for (int i = 0; i < hosts; i++) {
            sections.add(host(i, kind));
        }
        return compiler.compile(Table.EMPTY, new Change(List.of(), sections));
    }

    private static Section host(int host, PathMatch.Kind kind) {
        var routes = IntStream.range(0, ROUTES_OF_A_HOST)
                .mapToObj(i -> new Route(
                        "bench/" + host + "/" + i,
                        Match.path(kind, path(i)),
                        List.of(),
                        new Forward(List.of(new Forward.Target("origin", 1))),
                        Timeouts.DEFAULT))
                .toList();
        return new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, name(host)),
                List.of(new VirtualHost.Binding(LISTENER, null)),
                routes);
    }

    private static String name(int host) {
        return ("%0" + DIGITS + "d.example.org").formatted(host);
    }

    private static String path(int i) {
        return "/service-" + i + "/v1";
    }
}
