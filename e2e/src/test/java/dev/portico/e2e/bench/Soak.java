package dev.portico.e2e.bench;

import dev.portico.e2e.sockets.Ports;
import dev.portico.standalone.run.Run;
import dev.portico.standalone.run.RunOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern LEASES = Pattern.compile("(?m)^portico_upstream_leases ([0-9]+)");

    /** What the process holds after a full collection. */
    private record Held(int minute, long liveKiB, long residentKiB) {}

    private final Bench bench;
    private final Options options;
    private final int port = Ports.free();
    private final Target target = new Target(Scheme.HTTP.url(port), port, Setup.DEFAULT.prefixes());
    private final Path folder;
    private final Path state;
    private final AtomicInteger changes = new AtomicInteger();

    private Soak(Bench bench, Options options) throws IOException {
        this.bench = bench;
        this.options = options;
        folder = Files.createDirectories(bench.directory().resolve("folder"));
        state = bench.directory().resolve("state");
    }

    public static void main(String[] args) throws Exception {
        var options = Options.parse(args, Map.of("minutes", WHOLE, "warm", 30, "seconds", 60));
        try (var bench = Bench.open()) {
            var soak = new Soak(bench, options);
            String measured = soak.measure();
            System.out.println(measured);
            String leaks = soak.leaks();
            System.out.println(leaks);
            if (options.get("minutes") >= WHOLE) {
                Files.writeString(PAGE, measured + leaks);
            }
            bench.deleteDirectory();
        }
    }

    private String measure() throws IOException, InterruptedException {
        change();
        var output = new PrintStream(bench.directory().resolve("run.out").toFile(), StandardCharsets.UTF_8);
        try (var run = Run.start(new RunOptions(folder, false, RunOptions.PORT_OFFSET, 0, 0, 0, state), output)) {
            Programs.awaitPort(port);
            long sockets = new Usage(run.proxyPid()).files("socket:");
            long maximum = maximum();
            settle(run, sockets);
            long files = new Usage(run.proxyPid()).files("");
            var failures = new ArrayList<String>();
            long made;
            List<Held> held;
            try (var clock = Executors.newSingleThreadScheduledExecutor();
                    var trouble = Trouble.start(port, "/service-07/10m", "/broken")) {
                var _ = clock.scheduleAtFixedRate(this::change, 1, 1, TimeUnit.SECONDS);
                held = carry((int) (maximum * SHARE), run.proxyPid(), failures);
                clock.shutdownNow();
                made = trouble.made();
            }
            settle(run, sockets);
            String left = "leases %d, files %d after and %d before"
                    .formatted(leases(run), new Usage(run.proxyPid()).files(""), files);
            return text(maximum, made, failures, held, left);
        }
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

    private List<Held> carry(int rate, long pid, List<String> failures) throws IOException, InterruptedException {
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
        var metrics = URI.create("http://127.0.0.1:" + run.state().adminPort() + "/metrics");
        try (var client = HttpClient.newHttpClient()) {
            String text = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher leases = LEASES.matcher(text);
            if (!leases.find()) {
                throw new IOException("no " + LEASES + " in the metrics:\n" + text);
            }
            return Long.parseLong(leases.group(1));
        }
    }

    private String text(long maximum, long made, List<String> failures, List<Held> held, String left)
            throws IOException {
        LogAudit log = LogAudit.of(state.resolve("access.log"));
        List<Held> second = held.subList(held.size() / 2, held.size());
        return """
                # Soak

                %d minutes at %,d requests/s, 60 %% of the %,d that the same client was answered just before; %,d tables, one each second; %,d requests whose client left in the middle or whose
                endpoint broke off. `./portico run` with its own flags; HTTP/1.1, 1 KiB, %d connections.

                | | expected | |
                |---|---|---|
                | lines of the access log | | %,d |
                | not 2xx without a reason | 0 | **%,d** |
                | not 2xx with one | | %s |
                | minutes in which a client that did nothing wrong was not answered 200 | 0 | **%d** |
                | heap after a full collection, growth in the second half | 0 | **%.1f KiB a minute** |
                | a minute and a half after the end | leases 0, files as before the load | **%s** |

                | minute | live heap, KiB | resident, KiB |
                |---|---|---|
                %s

                %sAgain: `e2e/bench/run soak`. On %s.
                """.formatted(
                options.get("minutes"),
                (int) (maximum * SHARE),
                maximum,
                changes.get(),
                made,
                CONNECTIONS,
                log.lines(),
                log.withoutReason(),
                log.reasons(),
                failures.size(),
                growth(second),
                left,
                held.stream()
                        .map(one -> "| %d | %,d | %,d |".formatted(one.minute(), one.liveKiB(), one.residentKiB()))
                        .collect(Collectors.joining("\n")),
                Stream.concat(failures.stream(), log.unexplained().stream())
                        .map(line -> "`" + line + "`\n\n")
                        .collect(Collectors.joining()),
                Machine.describe());
    }

    /** The slope of the line that fits best, in KiB of live heap a minute. */
    private static double growth(List<Held> held) {
        double minute = held.stream().mapToInt(Held::minute).average().orElseThrow();
        double live = held.stream().mapToLong(Held::liveKiB).average().orElseThrow();
        double products = held.stream()
                .mapToDouble(one -> (one.minute() - minute) * (one.liveKiB() - live))
                .sum();
        double squares = held.stream()
                .mapToDouble(one -> Math.pow(one.minute() - minute, 2))
                .sum();
        return squares == 0 ? 0 : products / squares;
    }

    /** A short run in which Netty follows every buffer. */
    private String leaks() throws IOException, InterruptedException {
        Contender portico = bench.portico(Setup.DEFAULT, List.of("-Dio.netty.leakDetection.level=paranoid"));
        int seconds = options.get("seconds");
        long asked = 0;
        try (var _ = Trouble.start(portico.target(Scheme.HTTP).port(), "/service-07/10m", "/echo")) {
            for (Scheme scheme : Scheme.values()) {
                Load load = scheme == Scheme.HTTP ? new Wrk(CONNECTIONS, "1k") : new H2load(4, 25);
                asked += load.ask(portico.target(scheme), seconds / 4);
                // What was lost is collected, and found when the next buffer is made.
                new Jvm(portico.process().pid()).liveKiB();
            }
            asked += new WebSockets(CONNECTIONS, 100).ask(portico.target(Scheme.HTTP), seconds / 4);
            new Jvm(portico.process().pid()).liveKiB();
            asked += new Wrk(CONNECTIONS, "1k").ask(portico.target(Scheme.HTTP), 1);
        }
        List<String> output = Files.readAllLines(portico.output());
        if (output.isEmpty()) {
            throw new IOException(portico.output() + " is empty, expected what a data plane says when it starts");
        }
        return """

                ## Buffers

                %,d requests over HTTP/1.1, HTTP/2 with and without TLS and WebSockets with `-Dio.netty.leakDetection.level=paranoid`, with the same clients that leave and endpoints that break
                off: **%d** buffers reported lost.
                """.formatted(
                asked, output.stream().filter(line -> line.contains("LEAK")).count());
    }
}
