package dev.portico.e2e.bench;

import dev.portico.e2e.bench.Profile.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code Profiled [SCENARIO...] [--OPTION=NUMBER...]}: what the processor does for Portico, under the loads of comparisons. */
record Profiled(Comparison comparison) implements Scenario {
    /** Less is a try, of which the page says nothing. */
    private static final int SECONDS = 10;

    private static final int WARM = 30;
    /** Samples for a second of processor time; not in step with the kernel's timer. */
    private static final int FREQUENCY = 999;

    private static final int METHODS = 10;

    private static final Path PAGE = Path.of("../docs/results/profile.md");

    public static void main(String[] args) throws Exception {
        new Series(
                        Scenarios.usual().stream().<Scenario>map(Profiled::new).toList(),
                        PAGE,
                        table(),
                        _ -> head(),
                        Map.of("seconds", SECONDS, "warm", WARM),
                        options -> options.get("seconds") >= SECONDS && options.get("warm") >= WARM)
                .run(args);
    }

    private static String table() {
        return "| scenario | µs per | µs | %s |\n|---|---|---|%s\n"
                .formatted(
                        Arrays.stream(Part.values()).map(Part::title).collect(Collectors.joining(" | ")),
                        "---|".repeat(Part.values().length));
    }

    private static String head() throws IOException, InterruptedException {
        return """
                # Profile

                What the processor does for Portico in scenarios of [performance.md](performance.md): samples of all threads of its process, %d for each second that one of them runs,
                while it is asked as it is there. The first table gives shares in percent; microseconds are those of the same seconds, what sampling costs included.

                A sample counts for the function that runs. In the kernel it counts for the call that is under way: *send* holds all that the loopback does in place of a wire and a network
                card, up to the receiver's socket. A method counts for whose it is with all that the JVM's compiler inlined into it, hence the borders between Portico, Netty, Vert.x
                and the JDK are blurred, their sum is not. *TLS* is BoringSSL, *JVM* the runtime with its stubs, such as those that copy arrays, and its interpreter. The JVM's
                compiler, its collector (with what else it does at safepoints) and the writer of the access log are told by their threads, with what the kernel does for them.

                Again: `e2e/bench/run profile` for all, `e2e/bench/run profile SCENARIO` for one. On %s, %s.
                """.formatted(
                        FREQUENCY,
                        Machine.describe(),
                        Programs.output(List.of("perf", "--version")).strip());
    }

    @Override
    public String name() {
        return comparison.name();
    }

    @Override
    public String title() {
        return comparison.title();
    }

    @Override
    public Chapter measure(Bench bench, Options options) throws IOException, InterruptedException {
        Contender portico = bench.all().getFirst();
        int seconds = options.get("seconds");
        comparison.warm(portico, options.get("warm"), seconds);
        var machine = new Machine();
        Path data = bench.directory().resolve(name() + ".perf");
        Process recording = record(portico.process().pid(), seconds, data);
        Sample sample = comparison.sample(portico, seconds);
        String stolen = machine.stolen();
        awaitEnd(recording);
        Profile profile = read(new Jvm(portico.process().pid()), data);
        bench.emptyLogs();
        String text = """
                | of %.2f µs per %s | µs | %% |
                |---|---|---|
                %s

                | of methods | %% |
                |---|---|
                %s

                `%s`, %d s after %d s of warm-up, %,d samples. %s
                """.formatted(
                        sample.cost(),
                        comparison.unit().name(),
                        parts(profile, sample.cost()),
                        methods(profile),
                        bench.show(comparison.load().describe(portico.target(comparison.scheme()), seconds)),
                        seconds,
                        options.get("warm"),
                        profile.samples(),
                        stolen);
        return new Chapter(name(), title(), row(profile, sample.cost()), text);
    }

    /** It ends by itself. */
    private static Process record(long pid, int seconds, Path data) throws IOException {
        return new ProcessBuilder(
                        "perf",
                        "record",
                        "--quiet",
                        "--event=cpu-clock",
                        "--freq=" + FREQUENCY,
                        "-g",
                        "--output=" + data,
                        "--pid=" + pid,
                        "--",
                        "sleep",
                        Integer.toString(seconds))
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitEnd(Process recording) throws IOException, InterruptedException {
        String said = new String(recording.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (recording.waitFor() != 0) {
            throw new IOException("perf record ended with " + recording.exitValue() + ":\n" + said);
        }
    }

    private static Profile read(Jvm jvm, Path data) throws IOException, InterruptedException {
        Path map = jvm.perfMap();
        Process script = new ProcessBuilder(
                        "perf", "script", "--no-inline", "--fields=comm,ip,sym,dso", "--input=" + data)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Profile profile;
        try (Stream<String> lines = script.inputReader(StandardCharsets.UTF_8).lines()) {
            profile = Profile.read(lines);
        }
        if (script.waitFor() != 0) {
            throw new IOException("perf script ended with " + script.exitValue());
        }
        Files.delete(data);
        Files.delete(map);
        if (!profile.parts().containsKey(Part.SEND)) {
            throw new IOException(
                    ("%,d samples, none of them in the kernel's tcp_sendmsg, expected some: perf sees it as root, or with"
                                    + " kernel.perf_event_paranoid at most 1 and kernel.kptr_restrict 0")
                            .formatted(profile.samples()));
        }
        return profile;
    }

    private String row(Profile profile, double cost) {
        return "| %s | %s | %.2f | %s |"
                .formatted(
                        name(),
                        comparison.unit().name(),
                        cost,
                        Arrays.stream(Part.values())
                                .map(part -> "%.1f".formatted(100 * profile.share(part)))
                                .collect(Collectors.joining(" | ")));
    }

    private static String parts(Profile profile, double cost) {
        return Arrays.stream(Part.values())
                .filter(profile.parts()::containsKey)
                .sorted(Comparator.comparingDouble((Part part) -> profile.share(part))
                        .reversed())
                .map(part -> "| %s | %.2f | %.1f |"
                        .formatted(part.title(), cost * profile.share(part), 100 * profile.share(part)))
                .collect(Collectors.joining("\n"));
    }

    private static String methods(Profile profile) {
        return profile.hottest(METHODS).stream()
                .map(method -> "| `%s` | %.1f |".formatted(method, 100 * profile.share(method)))
                .collect(Collectors.joining("\n"));
    }
}
