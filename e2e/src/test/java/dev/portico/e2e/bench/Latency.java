package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long a request takes at a rate that all contenders carry: 70 % of HAProxy's maximum, taken just before. */
record Latency(String name) implements Scenario {
    private static final int CONNECTIONS = 64;
    private static final double SHARE = 0.7;
    /** What Portico's p99 may be, as a multiple of HAProxy's. */
    private static final double RATIO = 1;

    private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);

    @Override
    public String title() {
        return "HTTP/1.1, 1 KiB, latency at the same rate";
    }

    @Override
    public Chapter measure(Bench bench, Options options) throws IOException, InterruptedException {
        List<Contender> contenders = bench.all();
        long maximum = maximum(contenders, options);
        var load = new Paced(CONNECTIONS, (int) (maximum * SHARE));
        var machine = new Machine();
        var rounds = contenders.stream()
                .map(contender -> (List<long[]>) new ArrayList<long[]>())
                .toList();
        for (int round = 0; round < options.get("rounds"); round++) {
            for (int i : Comparison.order(contenders.size(), round)) {
                rounds.get(i).add(load.latencies(contenders.get(i).target(Scheme.HTTP), options.get("seconds")));
            }
        }
        bench.emptyLogs();
        Figures ratio = ratio(rounds.getFirst(), rounds.getLast());
        String text = """
                | µs | p50 | p99 | p99.9 |
                |---|---|---|---|
                %s

                p99, Portico : HAProxy **%s**, at most %s.

                At %,d requests/s, 70 %% of the %,d that HAProxy answered just before when asked by the same client without a rate. The client has %d connections, each with a thread; a
                request's time counts from when it was due, not from when a connection was free for it. It wakes up to 60 µs late by itself, for all alike. %d rounds of %d s. %s
                """.formatted(
                        IntStream.range(0, contenders.size())
                                .mapToObj(i -> line(contenders.get(i), rounds.get(i)))
                                .collect(Collectors.joining("\n")),
                        ratio,
                        new Bound(name, ratio.median(), RATIO, "").limit(),
                        load.rate(),
                        maximum,
                        CONNECTIONS,
                        options.get("rounds"),
                        options.get("seconds"),
                        machine.stolen());
        return new Chapter(name, title(), null, text);
    }

    /** All are warmed up, the client too; the last one is HAProxy. */
    private static long maximum(List<Contender> contenders, Options options) throws IOException, InterruptedException {
        var unbound = new Paced(CONNECTIONS, 0);
        for (Contender contender : contenders) {
            unbound.ask(contender.target(Scheme.HTTP), options.get("warm"));
        }
        return unbound.ask(contenders.getLast().target(Scheme.HTTP), options.get("seconds")) / options.get("seconds");
    }

    private static String line(Contender contender, List<long[]> rounds) {
        return "| %s | %s |"
                .formatted(
                        contender.name(),
                        PERCENTILES.stream()
                                .map(percentile -> Figures.of(rounds.stream()
                                                .map(latencies -> micros(latencies, percentile))
                                                .toList())
                                        .toString())
                                .collect(Collectors.joining(" | ")));
    }

    private static Figures ratio(List<long[]> ours, List<long[]> theirs) {
        return Figures.of(IntStream.range(0, ours.size())
                .mapToObj(round -> micros(ours.get(round), 99) / micros(theirs.get(round), 99))
                .toList());
    }

    private static double micros(long[] sorted, double percentile) {
        int rank = (int) Math.ceil(sorted.length * percentile / 100);
        return sorted[Math.max(rank - 1, 0)] / 1e3;
    }
}
