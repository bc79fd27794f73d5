package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Bodies of 4 GiB in both directions: what the data plane holds of them, and whether a body that an endpoint breaks off
 * is told from one that ends.
 */
final class Big {
    private static final Path PAGE = Path.of("../docs/results/big.md");
    private static final int WHOLE = 4096;
    /** How much more of the memory may be resident while a body is carried, in MiB. */
    private static final int MOST = 20;
    /** The statuses of curl for bodies that were broken off: too short, not received, a stream reset. */
    private static final Set<Integer> TOLD = Set.of(18, 56, 92);

    /** How curl speaks. */
    private enum Speech {
        HTTP1("HTTP/1.1", Scheme.HTTP, "--http1.1"),
        HTTP1_TLS("HTTP/1.1 with TLS", Scheme.HTTPS, "--http1.1"),
        HTTP2("HTTP/2", Scheme.H2C, "--http2-prior-knowledge"),
        HTTP2_TLS("HTTP/2 with TLS", Scheme.HTTPS, "--http2");

        private final String title;
        private final Scheme scheme;
        private final String option;

        Speech(String title, Scheme scheme, String option) {
            this.title = title;
            this.scheme = scheme;
            this.option = option;
        }

        @Override
        public String toString() {
            return title;
        }

        List<String> curl(String... arguments) {
            var command = new ArrayList<>(List.of("curl", "-s", "-k", option, "--max-time", "120"));
            command.addAll(List.of(arguments));
            return command;
        }
    }

    /** What it took to carry a body. */
    private record Carried(double mebibytes, double seconds) {
        @Override
        public String toString() {
            return "%.1f MiB, %.1f s".formatted(mebibytes, seconds);
        }
    }

    private final Bench bench;
    private final Contender portico;
    private final List<Bound> bounds = new ArrayList<>();

    private Big(Bench bench) throws IOException {
        this.bench = bench;
        portico = bench.portico(Setup.DEFAULT);
    }

    public static void main(String[] args) throws Exception {
        var options = Options.parse(args, Map.of("mebibytes", WHOLE, "warm", 256));
        Bounds bounds;
        try (var bench = Bench.open()) {
            bench.file("warm", (long) options.get("warm") << 20);
            bench.file("big", (long) options.get("mebibytes") << 20);
            var big = new Big(bench);
            var rows = new ArrayList<String>();
            for (Speech speech : Speech.values()) {
                rows.add(big.row(speech));
                System.err.println("big: " + rows.getLast());
            }
            bounds = new Bounds(big.bounds);
            String text = text(bounds, rows, options, big.portico.usage().residentKiB());
            System.out.println(text);
            if (options.get("mebibytes") >= WHOLE) {
                Files.writeString(PAGE, text);
            }
            bench.deleteDirectory();
        }
        System.exit(bounds.exitCode());
    }

    private String row(Speech speech) throws IOException, InterruptedException {
        down(speech, "warm");
        up(speech, "warm");
        Carried down = down(speech, "big");
        Carried up = up(speech, "big");
        int broken = brokenOff(speech, "truncated");
        int brokenChunked = brokenOff(speech, "truncated-chunked");
        bounds.add(new Bound("resident for a body down, " + speech, down.mebibytes(), MOST, "MiB"));
        bounds.add(new Bound("resident for a body up, " + speech, up.mebibytes(), MOST, "MiB"));
        bounds.add(new Bound(
                "bodies broken off that were not told from whole ones, " + speech,
                Stream.of(broken, brokenChunked)
                        .filter(status -> !TOLD.contains(status))
                        .count(),
                0,
                ""));
        return "| %s | %s | %s | %s | %s |".formatted(speech, down, up, broken, brokenChunked);
    }

    private static String text(Bounds bounds, List<String> rows, Options options, long residentKiB) throws IOException {
        return """
                # Large bodies

                %s
                Bodies of %d MiB through Portico, one event loop, from a file of an endpoint and to an endpoint that counts. Told is by how much the resident memory of the process was
                above that at the request's begin, at most, and how long it took; each way carried %d MiB before, so that code and heap are warm.

                The last columns are bodies that the endpoint breaks off, with Content-Length and chunked: the status with which curl ended. 0 would mean that it took them for whole; 18, 56
                and 92 are a body too short, a failure to receive and a stream that was reset.

                | | down | up | broken off, with a length | broken off, chunked |
                |---|---|---|---|---|
                %s

                At the end the process held %.0f MiB. Again: `e2e/bench/run big`; it ends with 1 where something does not hold. On %s.
                """.formatted(
                        bounds,
                        options.get("mebibytes"),
                        options.get("warm"),
                        String.join("\n", rows),
                        residentKiB / 1024.0,
                        Machine.describe());
    }

    private Carried down(Speech speech, String file) throws IOException, InterruptedException {
        long bytes = Files.size(bench.file(file));
        return growth(
                speech.curl(
                        "-o", "/dev/null", "-w", "%{http_code} %{size_download}", url(speech, "/service-0000/" + file)),
                "200 " + bytes);
    }

    private Carried up(Speech speech, String file) throws IOException, InterruptedException {
        Path from = bench.file(file);
        return growth(
                speech.curl(
                        "-H",
                        "Expect:",
                        "-X",
                        "POST",
                        "-T",
                        from.toString(),
                        "-w",
                        " %{http_code}",
                        url(speech, "/echo")),
                Files.size(from) + " 200");
    }

    private String url(Speech speech, String path) {
        return portico.target(speech.scheme).url() + path;
    }

    /** By how much the resident memory is above what it was before, at most. */
    private Carried growth(List<String> command, String expected) throws IOException, InterruptedException {
        long before = portico.usage().residentKiB();
        long begin = System.nanoTime();
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        long most = before;
        while (!curl.waitFor(20, TimeUnit.MILLISECONDS)) {
            most = Math.max(most, portico.usage().residentKiB());
        }
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (curl.exitValue() != 0 || !output.equals(expected)) {
            throw new IOException("%s ended with %d: %s, expected %s"
                    .formatted(String.join(" ", command), curl.exitValue(), output, expected));
        }
        return new Carried((most - before) / 1024.0, (System.nanoTime() - begin) / 1e9);
    }

    private int brokenOff(Speech speech, String what) throws IOException, InterruptedException {
        return new ProcessBuilder(speech.curl("-o", "/dev/null", url(speech, "/echo/" + what)))
                .start()
                .waitFor();
    }
}
