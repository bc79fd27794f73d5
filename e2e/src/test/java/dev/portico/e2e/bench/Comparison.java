package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The processor time per unit of contenders under the same load, in rounds that ask all of them.
 *
 * @param times how often all rounds are run: more than once where little is allowed or rounds differ much. Entrants that
 *     serve this scenario alone are new processes each time
 * @param allowed what the cost of the first contender may be, as a multiple of the second's; empty: whatever it is
 */
record Comparison(
        String name,
        String title,
        Scheme scheme,
        Load load,
        Unit unit,
        Entrants entrants,
        int times,
        OptionalDouble allowed)
        implements Scenario {
    static final int PEER_WARM = 3;

    /** Who takes part; the first is compared with each of the others. */
    interface Entrants {
        List<Contender> of(Bench bench) throws IOException;
    }

    @Override
    public Chapter measure(Bench bench, Options options) throws IOException, InterruptedException {
        Rounds rounds = rounds(bench, options);
        for (int again = 1; again < times; again++) {
            rounds = rounds.and(rounds(bench, options));
        }
        return rounds.chapter(bench, options);
    }

    /** All rounds with one process of each contender. */
    private Rounds rounds(Bench bench, Options options) throws IOException, InterruptedException {
        List<Contender> contenders = entrants.of(bench);
        for (Contender contender : contenders) {
            warm(
                    contender,
                    contender.isJava() ? options.get("warm") : Math.min(PEER_WARM, options.get("warm")),
                    options.get("seconds"));
        }
        var machine = new Machine();
        var samples = contenders.stream()
                .map(contender -> (List<Sample>) new ArrayList<Sample>())
                .toList();
        for (int round = 0; round < options.get("rounds"); round++) {
            for (int i : order(contenders.size(), round)) {
                samples.get(i).add(sample(contenders.get(i), options.get("seconds")));
            }
            int done = round;
            System.err.println(name + ": "
                    + IntStream.range(0, contenders.size())
                            .mapToObj(i -> "%s %.2f µs"
                                    .formatted(
                                            contenders.get(i).name(),
                                            samples.get(i).get(done).cost()))
                            .collect(Collectors.joining(", ")));
        }
        String stolen = machine.stolen();
        var resident = new ArrayList<Long>();
        for (Contender contender : contenders) {
            resident.add(contender.usage().residentKiB());
        }
        bench.stopOthers(contenders);
        bench.emptyLogs();
        return new Rounds(this, contenders, samples, resident, stolen);
    }

    /** In parts as long as a round: that clients come and go is compiled as well. */
    void warm(Contender contender, int seconds, int part) throws IOException, InterruptedException {
        for (int left = seconds; left > 0; left -= part) {
            load.ask(contender.target(scheme), Math.min(left, part));
        }
    }

    /** Each goes first, and each follows each, about equally often: what drifts meets all. */
    static List<Integer> order(int contenders, int round) {
        var order = new ArrayList<>(IntStream.range(0, contenders).boxed().toList());
        Collections.rotate(order, round / 2);
        return round % 2 == 0 ? order : order.reversed();
    }

    /** Asks a contender for a while. */
    Sample sample(Contender contender, int seconds) throws IOException, InterruptedException {
        Usage usage = contender.usage();
        long compiled = usage.compilerMicros();
        long spent = usage.micros();
        long begin = System.nanoTime();
        double units = (double) load.ask(contender.target(scheme), seconds) * unit.perRequest();
        double elapsed = (System.nanoTime() - begin) / 1e9;
        spent = usage.micros() - spent;
        compiled = Math.max(0, usage.compilerMicros() - compiled);
        return new Sample(spent / units, compiled / units, units / elapsed);
    }
}
