package dev.portico.e2e.bench;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a comparison gave.
 *
 * @param samples for each contender one of each round
 * @param residentKiB for each contender what it holds at the end of the first time
 * @param machine what others took of it in the first time
 */
record Rounds(
        Comparison comparison,
        List<Contender> contenders,
        List<List<Sample>> samples,
        List<Long> residentKiB,
        String machine) {
    /** With the rounds of another time. */
    Rounds and(Rounds others) {
        return new Rounds(
                comparison,
                contenders,
                IntStream.range(0, samples.size())
                        .mapToObj(i -> Stream.concat(samples.get(i).stream(), others.samples.get(i).stream())
                                .toList())
                        .toList(),
                residentKiB,
                machine);
    }

    Chapter chapter(Bench bench, Options options) {
        String unit = comparison.unit().name();
        Target target = contenders.getFirst().target(comparison.scheme());
        String text = """
                | | µs of CPU per %s | of that compilation | per second | resident, MiB |
                |---|---|---|---|---|
                %s

                | ratio of the pairs | | at most |
                |---|---|---|
                %s

                Rounds, in µs: %s.

                `%s`, %d s in each round after %d s of warm-up, %d s of what needs no JVM. %s%s
                """.formatted(
                        unit,
                        join("\n", 0, this::line),
                        join("\n", 1, this::verdict),
                        join("; ", 0, this::rounds),
                        bench.show(comparison.load().describe(target, options.get("seconds"))),
                        options.get("seconds"),
                        options.get("warm"),
                        Math.min(Comparison.PEER_WARM, options.get("warm")),
                        machine,
                        times());
        return new Chapter(comparison.name(), comparison.title(), row(), text);
    }

    private String join(String between, int first, IntFunction<String> text) {
        return IntStream.range(first, contenders.size()).mapToObj(text).collect(Collectors.joining(between));
    }

    private String line(int i) {
        return "| %s | %s | %.2f | %,.0f | %.0f |"
                .formatted(
                        contenders.get(i).name(),
                        figures(i, Sample::cost),
                        figures(i, Sample::compilation).median(),
                        figures(i, Sample::rate).median(),
                        residentKiB.get(i) / 1024.0);
    }

    private String verdict(int i) {
        return "| %s : %s | **%s** | %s |"
                .formatted(contenders.getFirst().name(), contenders.get(i).name(), ratio(i), i == 1 ? limit() : "");
    }

    private String rounds(int i) {
        return contenders.get(i).name() + " "
                + samples.get(i).stream()
                        .map(sample -> "%.2f".formatted(sample.cost()))
                        .collect(Collectors.joining(" "));
    }

    /** What each of several times gave, as the first contender's cost to the second's. */
    private String times() {
        int times = comparison.times();
        if (times == 1) {
            return "";
        }
        int rounds = samples.getFirst().size() / times;
        return " That was the first of %d times, which gave %s."
                .formatted(
                        times,
                        IntStream.range(0, times)
                                .mapToObj(i -> "%.2f"
                                        .formatted(ratio(1, i * rounds, (i + 1) * rounds)
                                                .median()))
                                .collect(Collectors.joining(", ")));
    }

    /** The first contender beside the second, in the table that begins the page. */
    private String row() {
        return "| %s | %s | %s %s | %s %s | %s | %s |"
                .formatted(
                        comparison.name(),
                        comparison.unit().name(),
                        contenders.getFirst().name(),
                        figures(0, Sample::cost),
                        contenders.get(1).name(),
                        figures(1, Sample::cost),
                        ratio(1),
                        limit());
    }

    /** What the ratio to the second contender may be; empty where it may be anything. */
    private String limit() {
        return comparison.allowed().isPresent()
                ? new Bound(
                                comparison.name(),
                                ratio(1).median(),
                                comparison.allowed().getAsDouble(),
                                "")
                        .limit()
                : "";
    }

    private Figures figures(int contender, ToDoubleFunction<Sample> part) {
        return Figures.of(
                samples.get(contender).stream().map(part::applyAsDouble).toList());
    }

    /** Of the first contender's cost to another's, round by round. */
    private Figures ratio(int other) {
        return ratio(other, 0, samples.getFirst().size());
    }

    private Figures ratio(int other, int firstRound, int endRound) {
        return Figures.of(IntStream.range(firstRound, endRound)
                .mapToObj(round -> samples.getFirst().get(round).cost()
                        / samples.get(other).get(round).cost())
                .toList());
    }
}
