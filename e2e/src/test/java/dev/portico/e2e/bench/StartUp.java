package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the first seconds cost when load comes at once. */
record StartUp(String name) implements Scenario {
    private static final int STARTS = 5;
    private static final int SECONDS = 3;

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
        var portico = new ArrayList<Start>();
        var nginx = new ArrayList<Start>();
        var haproxy = new ArrayList<Start>();
        for (int i = 0; i < starts; i++) {
            portico.add(start(bench, bench::portico));
            nginx.add(start(bench, bench::nginx));
            haproxy.add(start(bench, bench::haproxy));
        }
        String text = """
                | | ms until it listens | ms of CPU until %d s later | requests answered |
                |---|---|---|---|
                %s
                %s
                %s

                %d starts each, 64 connections, 1 KiB; the load begins when the listeners are bound. The CPU is that of the whole process, its start included.
                """.formatted(
                        SECONDS, line("Portico", portico), line("nginx", nginx), line("HAProxy", haproxy), starts);
        return new Chapter(name, title(), null, text);
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
            return new Start(millis, contender.cpu().micros() / 1e3, requests);
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
