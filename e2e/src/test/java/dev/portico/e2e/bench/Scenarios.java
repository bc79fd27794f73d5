package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** What {@code e2e/bench/run} measures, in this order. */
final class Scenarios {
    private static final Unit REQUEST = new Unit("request", 1);
    private static final Unit MIB = new Unit("MiB", 10);
    /** There and back again. */
    private static final Unit MESSAGE = new Unit("message", 2);

    private static final Wrk MANY = new Wrk(64, "1k");

    private static final Comparison.Entrants USUAL = Bench::all;

    static final List<Scenario> ALL = List.of(
            among("noise", "nginx beside itself", Scheme.HTTP, MANY, Scenarios::twins, OptionalDouble.empty()),
            beside("http1", "HTTP/1.1, 1 KiB, 64 connections", Scheme.HTTP, MANY, REQUEST, 0.95),
            among(
                    "ids",
                    "HTTP/1.1, 1 KiB, each request with an id",
                    Scheme.HTTP,
                    MANY,
                    Scenarios::ids,
                    OptionalDouble.of(0.95)),
            beside("few", "HTTP/1.1, 1 KiB, 4 connections", Scheme.HTTP, new Wrk(4, "1k"), REQUEST, 1.10),
            new Comparison(
                    "rate",
                    "HTTP/1.1, 1 KiB, 5,000 requests/s",
                    Scheme.HTTP,
                    new Paced(64, 5_000),
                    REQUEST,
                    USUAL,
                    3,
                    OptionalDouble.of(1.10)),
            beside("100k", "HTTP/1.1, 100 KiB, 64 connections", Scheme.HTTP, new Wrk(64, "100k"), REQUEST, 1.05),
            beside("stream", "HTTP/1.1, 10 MiB, 4 connections", Scheme.HTTP, new Wrk(4, "10m"), MIB, 1.30),
            beside(
                    "post",
                    "HTTP/1.1, POST of 10 KiB, 64 connections",
                    Scheme.HTTP,
                    Wrk.post(64, 10 << 10),
                    REQUEST,
                    0.95),
            beside("https", "HTTPS, 1 KiB, 64 connections", Scheme.HTTPS, MANY, REQUEST, 0.95),
            beside(
                    "handshake",
                    "HTTPS, 1 KiB, a connection with a full handshake for each",
                    Scheme.HTTPS,
                    new Handshakes(50),
                    REQUEST,
                    1.05),
            beside("h2", "HTTP/2 with TLS, 1 KiB, 100 streams", Scheme.HTTPS, new H2load(1, 100), REQUEST, 1.05),
            beside("h2c", "HTTP/2 without TLS, 1 KiB, 100 streams", Scheme.H2C, new H2load(1, 100), REQUEST, 1.05),
            beside("grpc", "gRPC without TLS, unary, 100 streams", Scheme.H2C, new Grpc(1, 100), MESSAGE, 1.30),
            beside(
                    "websocket",
                    "WebSocket, echo of 100 bytes, 64 connections",
                    Scheme.HTTP,
                    new WebSockets(64, 100),
                    MESSAGE,
                    1.30),
            new Comparison(
                    "routes",
                    "HTTP/1.1, 1 KiB, Portico with many routes",
                    Scheme.HTTP,
                    MANY,
                    REQUEST,
                    Scenarios::routes,
                    5,
                    OptionalDouble.of(1.05)),
            among(
                    "loops",
                    "HTTP/1.1, 1 KiB, two event loops",
                    Scheme.HTTP,
                    MANY,
                    Scenarios::loops,
                    OptionalDouble.of(1.30)),
            new Latency("latency"),
            new StartUp("start"),
            new Memory("memory"));

    private Scenarios() {}

    /** The comparisons of {@link Bench#all}, who serve one after the other. */
    static List<Comparison> usual() {
        return ALL.stream()
                .filter(Comparison.class::isInstance)
                .map(Comparison.class::cast)
                .filter(comparison -> comparison.entrants().equals(USUAL))
                .toList();
    }

    private static Scenario beside(String name, String title, Scheme scheme, Load load, Unit unit, double allowed) {
        return new Comparison(name, title, scheme, load, unit, USUAL, 1, OptionalDouble.of(allowed));
    }

    private static Scenario among(
            String name, String title, Scheme scheme, Load load, Comparison.Entrants entrants, OptionalDouble allowed) {
        return new Comparison(name, title, scheme, load, REQUEST, entrants, 1, allowed);
    }

    /** What a ratio is worth: two that are the same. */
    private static List<Contender> twins(Bench bench) throws IOException {
        return List.of(bench.nginx(Setup.DEFAULT), bench.nginx(Setup.DEFAULT));
    }

    private static List<Contender> routes(Bench bench) throws IOException {
        return List.of(
                bench.portico(Setup.DEFAULT.withPrefixes(10_000)),
                bench.portico(Setup.DEFAULT.withPrefixes(10)),
                bench.portico(Setup.DEFAULT.withPrefixes(1_000)));
    }

    private static List<Contender> loops(Bench bench) throws IOException {
        return each(bench, Setup.DEFAULT.withLoops(2));
    }

    private static List<Contender> ids(Bench bench) throws IOException {
        return each(bench, Setup.DEFAULT.withRequestIds());
    }

    private static List<Contender> each(Bench bench, Setup setup) throws IOException {
        return List.of(bench.portico(setup), bench.nginx(setup), bench.haproxy(setup));
    }
}
