package dev.portico.e2e.cluster.loss;

import dev.portico.e2e.install.Command;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Requests of every kind side by side, each at its time whatever became of those before it; made by Vegeta. */
final class Load implements AutoCloseable {
    /** Few enough that two processors carry all of it while they start pods. */
    private static final int PER_SECOND = 100;

    /** Of each kind. */
    static final long AT_LEAST = 6_000;

    /** Of an answer: where processors are slow a pod that starts has others wait for seconds, and what is late is not lost. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Until the first answers are there, and until the last are. */
    private static final Duration TO_SETTLE = PATIENCE.multipliedBy(2);

    private static final Duration TO_WARM_UP = Duration.ofMinutes(2);
    private static final long WARM_UP = 500;
    private static final Duration WARM = Duration.ofMillis(100);

    private final Path folder;
    private final Map<Kind, Process> attacks;
    private final long enough;

    private Load(Path folder, Map<Kind, Process> attacks, long atLeast) {
        this.folder = folder;
        this.attacks = attacks;
        this.enough = System.nanoTime() + TimeUnit.SECONDS.toNanos(atLeast / PER_SECOND + 1);
    }

    /**
     * Until the answers come at once: what JVMs compile is not what is looked for.
     *
     * @param address where the listeners are
     * @param folder for all that Vegeta says
     */
    static void warmUp(String address, Path folder) {
        Awaitility.await("all is warm")
                .atMost(TO_WARM_UP)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            try (var load = start(address, folder, WARM_UP)) {
                                return load.end();
                            }
                        },
                        rounds -> rounds.stream().allMatch(Load::isWarm));
    }

    private static boolean isWarm(Figures round) {
        return round.failed() == 0 && round.p99().compareTo(WARM) < 0;
    }

    /**
     * @param address where the listeners are
     * @param folder for all that Vegeta says
     */
    static Load start(String address, Path folder) throws IOException {
        return start(address, folder, AT_LEAST);
    }

    private static Load start(String address, Path folder, long atLeast) throws IOException {
        Files.createDirectories(folder);
        var attacks = new EnumMap<Kind, Process>(Kind.class);
        for (Kind kind : Kind.values()) {
            // Answers of an earlier run are none of this one.
            Files.deleteIfExists(results(folder, kind));
            attacks.put(kind, attack(kind, address, folder));
        }
        Awaitility.await("answers of every kind")
                .atMost(TO_SETTLE)
                .until(() -> attacks.keySet().stream().allMatch(kind -> hasAnswers(results(folder, kind))));
        return new Load(folder, attacks, atLeast);
    }

    private static Process attack(Kind kind, String address, Path folder) throws IOException {
        var command = new ArrayList<>(List.of(
                "e2e/cluster/run",
                "vegeta",
                "attack",
                "-name=" + kind,
                "-rate=" + PER_SECOND,
                "-timeout=" + PATIENCE.toSeconds() + "s",
                // Should nobody be left to end it.
                "-duration=10m",
                "-output=" + results(folder, kind).toAbsolutePath()));
        command.addAll(kind.options());
        Process attack = new ProcessBuilder(command)
                .directory(Command.ROOT.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve(kind + ".log").toFile())
                .start();
        try (var targets = attack.outputWriter(StandardCharsets.US_ASCII)) {
            targets.write(kind.target(address));
        }
        return attack;
    }

    private static boolean hasAnswers(Path results) {
        try {
            return Files.exists(results) && Files.size(results) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path results(Path folder, Kind kind) {
        return folder.resolve(kind + ".bin");
    }

    /** Ends when there were enough requests of each kind. */
    List<Figures> end() throws IOException, InterruptedException {
        for (Process attack : attacks.values()) {
            if (attack.waitFor(Math.max(0, enough - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("the load has ended by itself: see " + folder);
            }
        }
        close();
        for (Process attack : attacks.values()) {
            if (!attack.waitFor(TO_SETTLE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the load does not end within " + TO_SETTLE);
            }
        }
        var figures = new ArrayList<Figures>();
        for (Kind kind : Kind.values()) {
            String report = Command.output(
                    "vegeta",
                    "report",
                    "-type=json",
                    results(folder, kind).toAbsolutePath().toString());
            figures.add(Figures.of(kind, new JsonObject(report)));
        }
        return figures;
    }

    /** Vegeta still waits for the answers that it has asked for. */
    @Override
    public void close() {
        attacks.values().forEach(Process::destroy);
    }
}
