package dev.portico.e2e.cluster.scale;

import dev.portico.e2e.bench.Bound;
import dev.portico.e2e.bench.Bounds;
import dev.portico.e2e.cluster.scale.Starts.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that was measured, and what is said of it.
 *
 * @param applied how many Ingresses were applied during the loaded changes
 * @param operator its starts, of fewer Ingresses first; so of the proxy
 */
record Results(Changes.Took idle, Changes.Took loaded, int applied, List<Sized> operator, List<Sized> proxy) {
    private static final int BOUND_SIZE = 1_000;

    Bounds bounds() {
        var bounds = new ArrayList<Bound>();
        bounds.add(new Bound("written → served, idle, p99", idle.served().percentile(99), 100, "ms"));
        bounds.add(new Bound("written → served, loaded, p99", loaded.served().percentile(99), 500, "ms"));
        bounds.add(start("operator", operator));
        bounds.add(start("proxy", proxy));
        bounds.addAll(memory("operator", operator, 100));
        bounds.addAll(memory("proxy", proxy, 30));
        return new Bounds(bounds);
    }

    private static Bound start(String program, List<Sized> sizes) {
        Sized bound = sizes.stream()
                .filter(size -> size.ingresses() == BOUND_SIZE)
                .findFirst()
                .orElseThrow();
        return new Bound(
                "start of the %s at %,d Ingresses, slowest".formatted(program, BOUND_SIZE),
                bound.times(Start::served).percentile(100) / 1e3,
                5,
                "s");
    }

    private static List<Bound> memory(String program, List<Sized> sizes, int atMost) {
        return IntStream.range(1, sizes.size())
                .mapToObj(i -> memory(program, sizes.get(i - 1), sizes.get(i), atMost))
                .toList();
    }

    private static Bound memory(String program, Sized fewer, Sized more, int atMost) {
        return new Bound(
                "memory of the %s for 1,000 Ingresses, between %,d and %,d"
                        .formatted(program, fewer.ingresses(), more.ingresses()),
                more.mebibytesPerThousandSince(fewer),
                atMost,
                "MiB");
    }

    @Override
    public String toString() {
        return """
                %s
                | %d changes | p50 | p99 | longest |
                |---|---|---|---|
                %s

                | start of | at Ingresses | asked for → its container is made | → first 200, median and slowest | memory |
                |---|---|---|---|---|
                %s%s""".formatted(
                bounds(), idle.served().sorted().size(), changes(), rows("operator", operator), rows("proxy", proxy));
    }

    private String changes() {
        return String.join(
                "\n",
                row("idle: written → served", idle.served()),
                row("of that the API server's answer", idle.written()),
                row("while %,d Ingresses are applied: written → served".formatted(applied), loaded.served()),
                row("of that the API server's answer", loaded.written()));
    }

    private static String row(String what, Times times) {
        return "| %s | %.0f ms | %.0f ms | %.0f ms |"
                .formatted(what, times.percentile(50), times.percentile(99), times.percentile(100));
    }

    private static String rows(String program, List<Sized> sizes) {
        return sizes.stream().map(size -> row(program, size)).collect(Collectors.joining());
    }

    private static String row(String program, Sized size) {
        Times served = size.times(Start::served);
        return "| %s | %,d | %.2f s | %.2f s, %.2f s | %.0f MiB |\n"
                .formatted(
                        program,
                        size.ingresses(),
                        size.times(Start::container).percentile(50) / 1e3,
                        served.percentile(50) / 1e3,
                        served.percentile(100) / 1e3,
                        size.mebibytes());
    }
}
