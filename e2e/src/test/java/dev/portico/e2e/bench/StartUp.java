package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the first seconds cost when load comes at once. */
record StartUp(String name) implements Scenario {
    private static final int STARTS = 5;
    private static final int SECONDS = 3;
    /** What {@code ./portico} runs, once it was run. */
    private static final Path BUILT = Path.of("../deploy/standalone/target");

    /**
     * One start.
     *
     * @param millis until the listeners were bound
     * @param cpuMillis of the processor until the load was over
     */
    private record Start(double millis, double cpuMillis, double requests) {}

    @Override
    public String title() {
        return "the first %d s under load".formatted(SECONDS);
    }

    @Override
    public Chapter measure(Bench bench, Options options) throws IOException, InterruptedException {
        int starts = Math.min(STARTS, options.get("rounds"));
        var starters = new LinkedHashMap<String, Starter>();
        starters.put("Portico", bench::portico);
        if (Files.exists(BUILT.resolve("proxy.jsa"))) {
            starters.put("Portico with its archive of classes", setup -> bench.portico(setup, archive()));
        }
        starters.put("nginx", bench::nginx);
        starters.put("HAProxy", bench::haproxy);
        var measured = new LinkedHashMap<String, List<Start>>();
        for (int i = 0; i < starts; i++) {
            for (Map.Entry<String, Starter> starter : starters.entrySet()) {
                measured.computeIfAbsent(starter.getKey(), name -> new ArrayList<>())
                        .add(start(bench, starter.getValue()));
            }
        }
        String text = """
                | | ms until it listens | ms of CPU until %d s later | requests answered |
                |---|---|---|---|
                %s

                %d starts each, 64 connections, 1 KiB; the load begins when the listeners are bound. The CPU is that of the whole process, its start included. The archive
                is there after `./portico` was run once.
                """.formatted(
                        SECONDS,
                        measured.entrySet().stream()
                                .map(one -> line(one.getKey(), one.getValue()))
                                .collect(Collectors.joining("\n")),
                        starts);
        return new Chapter(name, title(), null, text);
    }

    /** An archive serves only the class path that it was made of. */
    private static List<String> archive() throws IOException {
        Path built = BUILT.toRealPath();
        try (Stream<Path> files = Files.list(built)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("portico-standalone-.*[.]jar"))
                    .findFirst()
                    .orElseThrow();
            return List.of(
                    "-XX:SharedArchiveFile=" + built.resolve("proxy.jsa"), "-cp", jar + ":" + built.resolve("lib/*"));
        }
    }

    private interface Starter {
        Contender start(Setup setup) throws IOException;
    }

    private static Start start(Bench bench, Starter starter) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Contender contender = starter.start(Setup.DEFAULT);
        try {
            double millis = (System.nanoTime() - begin) / 1e6;
            long requests = new Wrk(64, "1k").ask(contender.target(Scheme.HTTP), SECONDS);
            return new Start(millis, contender.usage().micros() / 1e3, requests);
        } finally {
            bench.stop(contender);
        }
    }

    private static String line(String name, List<Start> starts) {
        return List.<ToDoubleFunction<Start>>of(Start::millis, Start::cpuMillis, Start::requests).stream()
                .map(part -> Figures.of(starts.stream().map(part::applyAsDouble).toList())
                        .rounded())
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
    }
}
