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
    /** What {@code ./portico} runs, built when it was first run. */
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
        starters.put("Portico with its archive of classes", setup -> bench.portico(setup, archive()));
        List<String> cache = trainedCache(bench);
        starters.put("Portico with an AOT cache", setup -> bench.portico(setup, cache));
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
                is the one of `./portico`; the AOT cache (JEP 483, 515) is trained by one such start and is no part of Portico, see
                [Images](../decisions/images.md).
                """.formatted(
                        SECONDS,
                        measured.entrySet().stream()
                                .map(one -> line(one.getKey(), one.getValue()))
                                .collect(Collectors.joining("\n")),
                        starts);
        return new Chapter(name, title(), null, text);
    }

    private static List<String> archive() throws IOException {
        return Stream.concat(
                        Stream.of("-XX:SharedArchiveFile="
                                + BUILT.resolve("proxy.jsa").toRealPath()),
                        packed())
                .toList();
    }

    /** What a JVM learned of such a start: its classes, linked, and profiles of its methods. */
    private static List<String> trainedCache(Bench bench) throws IOException, InterruptedException {
        Path cache = bench.directory().resolve("proxy.aot");
        String learned = "-XX:AOTConfiguration=" + bench.directory().resolve("proxy.aotconf");
        var training = Stream.concat(Stream.of("-XX:AOTMode=record", learned), packed())
                .toList();
        start(bench, setup -> bench.portico(setup, training));
        var assembly = Stream.of(Portico.options(), List.of("-XX:AOTMode=create", learned, "-XX:AOTCache=" + cache))
                .flatMap(List::stream);
        Programs.output(Programs.java(Stream.concat(assembly, packed()).toList(), Portico.MAIN, List.of()));
        return Stream.concat(Stream.of("-XX:AOTCache=" + cache), packed()).toList();
    }

    /** Archives serve only the class path that they were made of, and no folders of classes. */
    private static Stream<String> packed() throws IOException {
        Path built = BUILT.toRealPath();
        try (Stream<Path> files = Files.list(built)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("portico-standalone-.*[.]jar"))
                    .findFirst()
                    .orElseThrow();
            return Stream.of("-cp", jar + ":" + built.resolve("lib/*"));
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
