package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where figures were taken, in one sentence: versions matter, names do not. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException, InterruptedException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        return "Taken on %d processors (%s), Linux %s, JDK %s, %s."
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        System.getProperty("os.version"),
                        Runtime.version(),
                        Programs.output(java.util.List.of("nginx", "-v")).strip());
    }
}
