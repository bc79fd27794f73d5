package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Where figures are taken: versions matter, names do not. */
public final class Machine {
    private static final int STEAL = 8;

    private final long[] begin = ticks();

    /** From now on what others take of it is noticed. */
    public Machine() throws IOException {}

    static String describe() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        return "%d processors (%s), Linux %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    /** The share of its processors that the host gave to others meanwhile. */
    public String stolen() throws IOException {
        long[] end = ticks();
        long all = Arrays.stream(end).sum() - Arrays.stream(begin).sum();
        return "The host took %.1f %% of the processors' time."
                .formatted(100.0 * (end[STEAL - 1] - begin[STEAL - 1]) / all);
    }

    private static long[] ticks() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/stat")).getFirst();
        // The last two are part of the first two.
        return Arrays.stream(line.split(" +"))
                .skip(1)
                .limit(STEAL)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
