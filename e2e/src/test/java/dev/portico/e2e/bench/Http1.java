package dev.portico.e2e.bench;

import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** CPU per proxied request of HTTP/1.1 beside nginx: 1 KiB, 64 connections, 100 prefixes, JSON access logs. */
final class Http1 {
    private static final int PREFIXES = 100;
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");

    private final Options options;
    private final Path directory;
    private final int origin = Programs.freePort();
    private final int portico = Programs.freePort();
    private final int nginx = Programs.freePort();

    private Http1(Options options) throws IOException {
        this.options = options;
        this.directory = Files.createTempDirectory("portico-bench");
        Files.createDirectories(directory.resolve("tmp"));
        Files.createDirectories(directory.resolve("state"));
    }

    public static void main(String[] args) throws Exception {
        var options = Options.parse(args, Map.of("rounds", 9, "seconds", 5, "warm", 30));
        new Http1(options).run();
    }

    private void run() throws Exception {
        try (var programs = new Programs(directory)) {
            programs.start("origin", nginx("origin.conf", Map.of("PORT", "" + origin, "BODY", "x".repeat(1024))));
            var theirs = new Cpu(programs.start(
                            "nginx",
                            nginx(
                                    "nginx.conf",
                                    Map.of("PORT", "" + nginx, "ORIGIN", "" + origin, "LOCATIONS", locations())))
                    .pid());
            List<String> command = proxy();
            var ours = new Cpu(programs.start("portico", command).pid());
            IntStream.of(origin, nginx, portico).forEach(Programs::awaitPort);
            wrk(portico, options.get("warm"));
            wrk(nginx, Math.min(5, options.get("warm")));
            var rounds = new ArrayList<Round>();
            for (int i = 0; i < options.get("rounds"); i++) {
                // Alternating which goes first: what drifts meets both.
                double first = i % 2 == 0 ? measure(ours, portico) : measure(theirs, nginx);
                double second = i % 2 == 0 ? measure(theirs, nginx) : measure(ours, portico);
                rounds.add(i % 2 == 0 ? new Round(first, second) : new Round(second, first));
                System.out.println(rounds.getLast());
            }
            report(rounds, command);
        }
    }

    private record Round(double portico, double nginx) {
        double ratio() {
            return portico / nginx;
        }

        @Override
        public String toString() {
            return "Portico %.2f µs, nginx %.2f µs, ratio %.3f".formatted(portico, nginx, ratio());
        }
    }

    private double measure(Cpu process, int port) throws IOException, InterruptedException {
        long before = process.micros();
        long requests = wrk(port, options.get("seconds"));
        return (double) (process.micros() - before) / requests;
    }

    private static List<String> wrkCommand(int port, int seconds) {
        return List.of("wrk", "-t1", "-c64", "-d" + seconds + "s", "-s", "bench/paths.lua", "http://127.0.0.1:" + port);
    }

    private static long wrk(int port, int seconds) throws IOException, InterruptedException {
        String output = Programs.output(wrkCommand(port, seconds));
        if (output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IOException("port " + port + " did not answer all requests:\n" + output);
        }
        Matcher requests = REQUESTS.matcher(output);
        if (!requests.find()) {
            throw new IOException("wrk printed no number of requests:\n" + output);
        }
        return Long.parseLong(requests.group(1));
    }

    private List<String> nginx(String template, Map<String, String> values) throws IOException {
        String text = Files.readString(Path.of("bench", template)).replace("@RUN@", directory.toString());
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        Path file = Files.writeString(directory.resolve(template), text);
        return List.of("nginx", "-p", directory.toString(), "-c", file.toString());
    }

    private static String prefix(int i) {
        return "/service-%02d".formatted(i);
    }

    private static String locations() {
        return IntStream.range(0, PREFIXES)
                .mapToObj(i -> "    location " + prefix(i) + " { proxy_pass http://origin; }")
                .collect(Collectors.joining("\n"));
    }

    /** The data plane alone, from a last known good table: as it starts when its operator is away. */
    private List<String> proxy() throws IOException {
        var put = sections().stream().map(EncodedSection::of).toList();
        var table = new Push("bench", 1, 1, null, Root.of(put).toString(), put, List.of());
        try (var out = Files.newOutputStream(directory.resolve("state/table.ndjson"))) {
            PushCodec.write(table, out);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.portico.proxy.Main",
                "--data-plane=bench",
                "--state=" + directory.resolve("state"),
                "--admin-host=127.0.0.1",
                "--admin-port=" + Programs.freePort(),
                "--config-host=127.0.0.1",
                "--config-port=" + Programs.freePort(),
                "--event-loops=1",
                "--access-log=" + directory.resolve("portico-access.log"));
    }

    private List<Section> sections() {
        var routes = IntStream.range(0, PREFIXES)
                .mapToObj(i -> new Route(
                        "bench/" + i,
                        Match.path(PathMatch.Kind.PREFIX, prefix(i)),
                        List.of(),
                        new Forward(List.of(new Forward.Target("origin", 1))),
                        Timeouts.DEFAULT))
                .toList();
        return List.of(
                new HttpListener(
                        "http", portico, List.of(HttpVersion.HTTP1), null, ClientTraffic.DEFAULT, AccessLog.DEFAULT),
                new VirtualHost(HostPattern.ANY, List.of(new VirtualHost.Binding("http", null)), routes),
                new Upstream("origin", new Balancer.RoundRobin()),
                new Endpoints("origin", List.of(new Endpoints.Endpoint("127.0.0.1", origin))));
    }

    private void report(List<Round> rounds, List<String> command) throws IOException, InterruptedException {
        Figures ours = Figures.of(rounds.stream().map(Round::portico).toList());
        Figures theirs = Figures.of(rounds.stream().map(Round::nginx).toList());
        Figures ratio = Figures.of(rounds.stream().map(Round::ratio).toList());
        String shown = command.stream()
                .map(word -> word.equals(System.getProperty("java.class.path")) ? "…" : word)
                .collect(Collectors.joining(" "));
        String text = """
                # HTTP/1.1 beside nginx

                CPU microseconds (user and system, of the proxy's process) per proxied request: 1 KiB, 64 keep-alive connections, one event loop and one worker, the same 100
                prefixes in both, JSON access log in both, Portico's metrics on. Each round asks both, one after the other, in alternating order; %d s of warm-up, %d rounds of
                %d s. Median, and in brackets the interval that holds it with 95 %% confidence.

                | | µs per request |
                |---|---|
                | Portico | %s |
                | nginx | %s |
                | ratio of the pairs | **%s** |

                | round | Portico | nginx | ratio |
                |---|---|---|---|
                %s

                Again: `e2e/bench/run http1`, with `e2e/bench/nginx.conf`. %s

                ```
                %s
                %s
                ```
                """.formatted(
                        options.get("warm"),
                        options.get("rounds"),
                        options.get("seconds"),
                        ours,
                        theirs,
                        ratio,
                        IntStream.range(0, rounds.size())
                                .mapToObj(i -> "| %d | %.2f | %.2f | %.3f |"
                                        .formatted(
                                                i + 1,
                                                rounds.get(i).portico(),
                                                rounds.get(i).nginx(),
                                                rounds.get(i).ratio()))
                                .collect(Collectors.joining("\n")),
                        Machine.describe(),
                        shown.replace(directory.toString(), "RUN"),
                        String.join(" ", wrkCommand(portico, options.get("seconds"))));
        System.out.println(text);
        Files.createDirectories(Path.of("../docs/results"));
        Files.writeString(Path.of("../docs/results/http1.md"), text);
    }
}
