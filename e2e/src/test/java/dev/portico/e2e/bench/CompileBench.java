package dev.portico.e2e.bench;

import dev.portico.operator.compile.Compiled;
import dev.portico.operator.compile.Compiler;
import dev.portico.operator.compile.Table;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.routetable.PathMatch;
import dev.portico.wire.EncodedSection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Compile, delta, the lane of endpoints, look-up and memory at scale, fed directly: no API server, no network. */
final class CompileBench {
    private final int ingresses;
    private final int changes;
    private final int seconds;
    private final List<String> rows = new ArrayList<>();

    private CompileBench(Options options) {
        ingresses = options.get("ingresses");
        changes = options.get("changes");
        seconds = options.get("seconds");
    }

    public static void main(String[] args) throws Exception {
        new CompileBench(Options.parse(args, Map.of("ingresses", 10_000, "changes", 200, "seconds", 10))).run();
    }

    private void run() throws IOException, InterruptedException, RunnerException {
        var world = Shops.world(ingresses);
        var compiler = new Compiler(CompileOptions.cluster(Shops.GATEWAY));
        var compiled = cold(compiler, world);
        compiled = changed(compiler, world, compiled);
        endpoints(compiler, world, compiled);
        memory(world);
        lookUp();
        report();
    }

    private Compiled cold(Compiler compiler, ClusterState world) {
        long begun = System.nanoTime();
        Compiled first = compiler.compile(world);
        row("%,d Ingresses with Services, cold, first compile of the process".formatted(ingresses), millis(begun));
        Table table = table(first);
        if (!first.problems().isEmpty() || table.size() < 3 * ingresses) {
            throw new IllegalStateException(table.size() + " sections, " + first.problems());
        }
        row("its table", "%,d sections, %,d bytes".formatted(table.size(), bytes(table.sections())));
        return first;
    }

    private Compiled changed(Compiler compiler, ClusterState first, Compiled compiled) {
        long size = bytes(table(compiled).sections());
        var times = new ArrayList<Double>();
        long most = 0;
        Compiled now = compiled;
        ClusterState world = first;
        for (int i = 0; i < changes; i++) {
            Table before = table(now);
            world = world.with(Shops.ingress(i * 31 % ingresses, 2 + i, List.of("/", "/version-" + i)));
            long begun = System.nanoTime();
            now = compiler.compile(world);
            times.add((System.nanoTime() - begun) / 1e6);
            most = Math.max(most, bytes(table(now).since(before).put()));
        }
        row("one of them changed, compile: median, 99th percentile, most", percentiles(times));
        row("bytes pushed for it, at most", "%,d, %.4f %% of the table".formatted(most, 100.0 * most / size));
        return now;
    }

    private void endpoints(Compiler compiler, ClusterState first, Compiled compiled) {
        Compiled now = compiled;
        ClusterState world = first;
        var times = new ArrayList<Double>();
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < 100 * seconds; i++) {
            LockSupport.parkNanos(start + Duration.ofMillis(10).toNanos() * i - System.nanoTime());
            Table before = table(now);
            world = world.with(Shops.slice(i % ingresses, 2 + i / ingresses));
            long begun = System.nanoTime();
            now = compiler.endpoints(now, world);
            var delta = table(now).since(before);
            times.add((System.nanoTime() - begun) / 1e6);
            if (delta.put().size() != 1 || !delta.remove().isEmpty()) {
                throw new IllegalStateException("a slice changed " + delta);
            }
        }
        double used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        row("one slice changed, table without compile: median, 99th percentile, most", percentiles(times));
        row(
                "100 slices changed a second, for %d s: share of one processor".formatted(seconds),
                "%.1f %%".formatted(100 * used / (System.nanoTime() - start)));
    }

    private void memory(ClusterState world) {
        double thousands = ingresses / 1000.0;
        row(
                "heap of the operator for 1,000 routes: what is compiled and remembered",
                mebibytes(heap(() -> {
                            var compiler = new Compiler(CompileOptions.cluster(Shops.GATEWAY));
                            return List.of(compiler, compiler.compile(world));
                        })
                        / thousands));
        row(
                "heap of the operator for 1,000 routes: the objects themselves",
                mebibytes(heap(() -> Shops.world(ingresses)) / thousands));
        row(
                "heap of a data plane for 1,000 routes: the table that serves",
                mebibytes(heap(() -> LookUp.table(ingresses / LookUp.ROUTES_OF_A_HOST, PathMatch.Kind.PREFIX))
                        / thousands));
    }

    /** What of the heap is held by what is made. */
    private static long heap(Supplier<Object> make) {
        long before = used();
        Object made = make.get();
        try {
            return used() - before;
        } finally {
            Reference.reachabilityFence(made);
        }
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void lookUp() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(LookUp.class.getName())
                        .shouldDoGC(true)
                        .build())
                .run();
        for (PathMatch.Kind kind : List.of(PathMatch.Kind.EXACT, PathMatch.Kind.PREFIX)) {
            double few = median(results, kind, 10);
            double many = median(results, kind, 10_000);
            row(
                    "look-up of a %s path, random keys, 10 routes a host: at 10 routes, at 10,000, ratio"
                            .formatted(kind),
                    "%.1f ns, %.1f ns, %.2f".formatted(few, many, many / few));
        }
    }

    private static double median(Collection<RunResult> results, PathMatch.Kind kind, int routes) {
        return results.stream()
                .filter(result -> result.getParams().getParam("kind").equals(kind.name())
                        && result.getParams().getParam("routes").equals(Integer.toString(routes)))
                .mapToDouble(result -> result.getPrimaryResult().getStatistics().getPercentile(50))
                .findFirst()
                .orElseThrow();
    }

    private void report() throws IOException, InterruptedException {
        String text = """
                # Compile at scale

                Fed directly, without API server and network: one Gateway, each Ingress with a host, a Service and an EndpointSlice of its own.

                | | |
                |---|---|
                %s

                Again: `e2e/bench/run compile`. Look-ups are JMH's (3 forks, 5 iterations of 0.5 s each, median). %s
                """.formatted(String.join("\n", rows), Machine.describe());
        System.out.println(text);
        Files.writeString(Path.of("../docs/results/compile.md"), text);
    }

    private void row(String what, String figure) {
        rows.add("| " + what + " | " + figure + " |");
    }

    private static Table table(Compiled compiled) {
        return compiled.tables().getOrDefault(Shops.DATA_PLANE, Table.EMPTY);
    }

    private static long bytes(Iterable<EncodedSection> sections) {
        long sum = 0;
        for (EncodedSection section : sections) {
            sum += section.size();
        }
        return sum;
    }

    private static String millis(long begun) {
        return "%,.0f ms".formatted((System.nanoTime() - begun) / 1e6);
    }

    private static String mebibytes(double bytes) {
        return "%.1f MiB".formatted(bytes / (1 << 20));
    }

    private static String percentiles(List<Double> millis) {
        var sorted = millis.stream().sorted().toList();
        int last = sorted.size() - 1;
        return "%.2f ms, %.2f ms, %.2f ms"
                .formatted(sorted.get(last / 2), sorted.get(last * 99 / 100), sorted.get(last));
    }
}
