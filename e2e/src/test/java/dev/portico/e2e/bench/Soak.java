package dev.portico.e2e.bench;

import dev.portico.e2e.sockets.Ports;
import dev.portico.standalone.run.Run;
import dev.portico.standalone.run.RunOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Portico as {@code ./portico run} starts it, at 60 % of what it can carry, with another table each second and
 * {@link Trouble}: what fails without a reason, and what is held that should not be.
 */
final class Soak {
    private static final Path PAGE = Path.of("../docs/results/soak.md");
    /** Minutes; less is a try. */
    private static final int WHOLE = 20;

    private static final int CONNECTIONS = 64;
    private static final double SHARE = 0.6;
    /** Idle connections to endpoints are kept for a minute. */
    private static final Duration SETTLING = Duration.ofSeconds(90);

    /** Of the live heap, in MiB. */
    private static final double HEAP_GROWTH = 1;
    /** In MiB; compiled code and what allocators keep is in it. */
    private static final double RESIDENT_GROWTH = 5;

    /** What the process holds after a full collection. */
    private record Held(int minute, long liveKiB, long residentKiB) {}

    private final Bench bench;
    private final Options options;
    private final int port = Ports.free();
    private final Target target = new Target(Scheme.HTTP.url(port), port, Setup.DEFAULT.prefixes());
    private final Path folder;
    private final Path state;
    private final AtomicInteger changes = new AtomicInteger();
    private final List<Bound> bounds = new ArrayList<>();
    /** What went wrong that should not. */
    private final List<String> failures = new ArrayList<>();

    private Soak(Bench bench, Options options) throws IOException {
        this.bench = bench;
        this.options = options;
        folder = Files.createDirectories(bench.directory().resolve("folder"));
        state = bench.directory().resolve("state");
    }

    public static void main(String[] args) throws Exception {
        var options = Options.parse(args, Map.of("minutes", WHOLE, "warm", 30, "seconds", 60));
        Bounds bounds;
        try (var bench = Bench.open()) {
            var soak = new Soak(bench, options);
            // First what is short: who fails does so soon.
            String leaks = soak.leaks();
            String measured = soak.measure();
            bounds = new Bounds(soak.bounds);
            String page = "# Soak\n\n%s\n%s\n%s".formatted(bounds, measured, leaks);
            System.out.println(page);
            if (options.get("minutes") >= WHOLE) {
                Files.writeString(PAGE, page);
            }
            bench.deleteDirectory();
        }
        System.exit(bounds.exitCode());
    }

    private String measure() throws IOException, InterruptedException {
        change();
        var output = new PrintStream(bench.directory().resolve("run.out").toFile(), StandardCharsets.UTF_8);
        long maximum;
        long made;
        List<Held> held;
        Scrape last;
        try (var run = Run.start(new RunOptions(folder, false, RunOptions.PORT_OFFSET, 0, 0, 0, state), output)) {
            Programs.awaitPort(port);
            var usage = new Usage(run.proxyPid());
            // Who is asked for the first time by jcmd opens a socket to be asked by, and keeps it.
            var _ = new Jvm(run.proxyPid()).liveKiB();
            long sockets = usage.files("socket:");
            maximum = maximum();
            settle(run, sockets);
            long files = usage.files("");
            try (var clock = Executors.newSingleThreadScheduledExecutor();
                    var trouble = Trouble.start(port, "/service-0007/10m", "/broken")) {
                ScheduledFuture<?> changing = clock.scheduleAtFixedRate(this::change, 1, 1, TimeUnit.SECONDS);
                held = carry((int) (maximum * SHARE), run.proxyPid());
                if (changing.isDone()) {
                    failures.add("tables ended early: " + changing.exceptionNow());
                }
                if (!trouble.isMaking()) {
                    failures.add("clients that leave ended early");
                }
                clock.shutdownNow();
                made = trouble.made();
            }
            settle(run, sockets);
            last = Scrape.of(run.state().adminPort());
            bounds.add(count("leases a minute and a half after the end", last.sum("portico_upstream_leases")));
            bounds.add(count("open files then, beyond those before the load", usage.files("") - files));
        }
        // The run has ended: all lines are written.
        LogAudit log = LogAudit.of(state.resolve("access.log"));
        bounds.add(count("loads that failed or ended early", failures.size()));
        bounds.add(count("answers other than 2xx without a reason", log.withoutReason()));
        // Clients left; where a clock says so, nobody heard of it.
        bounds.add(count("uploads that a clock ended", log.reasons().getOrDefault("408 body_too_slow", 0L)));
        bounds.add(count("lines that the access log dropped", last.sum("portico_access_log_dropped_total")));
        bounds.add(count("requests without a line", last.sum("portico_requests_total") - log.lines()));
        List<Held> second = held.subList(held.size() / 2, held.size());
        bounds.add(growth("live heap", second, Held::liveKiB, HEAP_GROWTH));
        bounds.add(growth("resident memory", second, Held::residentKiB, RESIDENT_GROWTH));
        return text(maximum, made, held, log);
    }

    private static Bound count(String what, long counted) {
        return new Bound(what, counted, 0, "");
    }

    /** Another number in a header of every answer, hence another table. */
    private void change() {
        try {
            Path next = bench.directory().resolve("soak.yaml");
            Template.fill(
                    "soak.yaml",
                    Map.of(
                            "HTTP", port,
                            "ORIGIN", bench.origin(),
                            "ECHO", bench.echo(),
                            "NUMBER", changes.incrementAndGet()),
                    next);
            Files.move(next, folder.resolve("soak.yaml"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long maximum() throws IOException, InterruptedException {
        var unbound = new Paced(CONNECTIONS, 0);
        unbound.ask(target, options.get("warm"));
        return unbound.ask(target, 10) / 10;
    }

    private List<Held> carry(int rate, long pid) throws IOException, InterruptedException {
        var load = new Paced(CONNECTIONS, rate);
        var held = new ArrayList<Held>();
        for (int minute = 1; minute <= options.get("minutes"); minute++) {
            try {
                load.ask(target, 60);
            } catch (IOException e) {
                failures.add("minute %d: %s".formatted(minute, e.getCause()));
            }
            held.add(new Held(minute, new Jvm(pid).liveKiB(), new Usage(pid).residentKiB()));
            System.err.println("soak: " + held.getLast());
        }
        return held;
    }

    /** Waits until all that was asked is over, or long enough. */
    private static void settle(Run run, long sockets) {
        var usage = new Usage(run.proxyPid());
        try {
            Awaitility.await().atMost(SETTLING).until(() -> usage.files("socket:") <= sockets && leases(run) == 0);
        } catch (ConditionTimeoutException e) {
            // What is left is told by who called.
            System.err.println("soak: not as before after " + SETTLING);
        }
    }

    private static long leases(Run run) throws IOException, InterruptedException {
        return Scrape.of(run.state().adminPort()).sum("portico_upstream_leases");
    }

    private String text(long maximum, long made, List<Held> held, LogAudit log) throws IOException {
        int rate = (int) (maximum * SHARE);
        return """
                %d minutes at %,d requests/s, 60 %% of the %,d that the same client was answered just before; %,d tables, one each second; %,d requests whose client left in the middle or whose
                endpoint broke off. `./portico run` with its own flags; HTTP/1.1, 1 KiB, %d connections.

                A load fails where a client that did nothing wrong is not answered 200. The access log has %,d lines, of answers other than 2xx: %s. Requests without a line are those that
                `portico_requests_total` counts and the log does not.

                Memory is looked at after a full collection; its growth is from the least of the first five of these minutes to the least of the last five, since three
                of four full collections leave some of what is dead where it lies (`MarkSweepAlwaysCompactCount`). Why not 0: the JVM compiles, and what it collects is not alike each time. %.0f MiB of live heap in ten minutes is
                %.2f bytes a request or %,.0f a table: nothing that either leaves behind is as small.

                | minute | live heap, KiB | resident, KiB |
                |---|---|---|
                %s

                %sAgain: `e2e/bench/run soak`; it ends with 1 where something does not hold. On %s.
                """.formatted(
                options.get("minutes"),
                rate,
                maximum,
                changes.get(),
                made,
                CONNECTIONS,
                log.lines(),
                log.reasons(),
                HEAP_GROWTH,
                HEAP_GROWTH * (1 << 20) / (rate * 600.0),
                HEAP_GROWTH * (1 << 20) / 600,
                held.stream()
                        .map(one -> "| %d | %,d | %,d |".formatted(one.minute(), one.liveKiB(), one.residentKiB()))
                        .collect(Collectors.joining("\n")),
                Stream.concat(failures.stream(), log.unexplained().stream())
                        .map(line -> "`" + line + "`\n\n")
                        .collect(Collectors.joining()),
                Machine.describe());
    }

    private static Bound growth(String what, List<Held> held, ToLongFunction<Held> part, double atMost) {
        return new Bound(
                "growth of the %s in the last %d minutes".formatted(what, held.size()),
                growth(held, part) / 1024,
                atMost,
                "MiB");
    }

    /** The least of the later half against the least of the earlier one, in KiB: in each a collection compacted fully. */
    private static double growth(List<Held> held, ToLongFunction<Held> part) {
        int half = held.size() / 2;
        return half == 0 ? 0 : least(held.subList(half, held.size()), part) - least(held.subList(0, half), part);
    }

    private static long least(List<Held> held, ToLongFunction<Held> part) {
        return held.stream().mapToLong(part).min().orElseThrow();
    }

    /** A short run in which Netty follows every buffer. */
    private String leaks() throws IOException, InterruptedException {
        Contender portico = bench.portico(
                Setup.DEFAULT,
                List.of(
                        "-Dio.netty.leakDetection.level=paranoid",
                        // Who is not heard when it starts would not be heard of a leak.
                        "-Dorg.slf4j.simpleLogger.log.dev.portico=info"));
        long asked = 0;
        try (var _ = Trouble.start(portico.target(Scheme.HTTP).port(), "/service-0007/10m", "/echo")) {
            asked += followed(portico, Scheme.HTTP, new Wrk(CONNECTIONS, "1k"));
            asked += followed(portico, Scheme.HTTPS, new H2load(4, 25));
            asked += followed(portico, Scheme.H2C, new H2load(4, 25));
            asked += followed(portico, Scheme.H2C, new Grpc(1, 100));
            asked += followed(portico, Scheme.HTTP, new WebSockets(CONNECTIONS, 100));
            asked += new Wrk(CONNECTIONS, "1k").ask(portico.target(Scheme.HTTP), 1);
        }
        bench.stop(portico);
        List<String> output = Files.readAllLines(portico.output());
        if (output.isEmpty()) {
            throw new IOException(portico.output() + " is empty, expected what a data plane says when it starts");
        }
        bounds.add(count(
                "buffers reported lost",
                output.stream().filter(line -> line.contains("LEAK")).count()));
        return """
                ## Buffers

                For those reported lost, %,d requests and messages over HTTP/1.1, HTTP/2 with and without TLS, gRPC, which reaches its endpoint by HTTP/2, and WebSockets, with
                `-Dio.netty.leakDetection.level=paranoid` and the same clients that leave and endpoints that break off.
                """.formatted(asked);
    }

    private long followed(Contender portico, Scheme scheme, Load load) throws IOException, InterruptedException {
        long asked = load.ask(portico.target(scheme), options.get("seconds") / 5);
        // What was lost is collected, and found when the next buffer is made.
        new Jvm(portico.process().pid()).liveKiB();
        return asked;
    }
}
