package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Scenarios and the page that tells of them.
 *
 * @param table how the table that begins the page begins
 * @param defaults of the options
 * @param told whether the page says what was measured with such options; else it is a try
 */
record Series(
        List<Scenario> scenarios,
        Path file,
        String table,
        Head head,
        Map<String, Integer> defaults,
        Predicate<Options> told) {
    /** What the page says of all scenarios. */
    interface Head {
        String of(Bench bench) throws IOException, InterruptedException;
    }

    /** Measures what is named, or all; ends the process where something fails. */
    void run(String[] args) throws IOException, InterruptedException {
        List<String> names =
                Arrays.stream(args).filter(arg -> !arg.startsWith("--")).toList();
        String[] rest = Arrays.stream(args).filter(arg -> arg.startsWith("--")).toArray(String[]::new);
        try {
            List<String> failed = run(names, Options.parse(rest, defaults));
            if (!failed.isEmpty()) {
                System.err.println("e2e/bench: not measured: " + failed);
                System.exit(1);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("e2e/bench: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Returns the scenarios that failed; the page says of them what it said before. */
    private List<String> run(List<String> names, Options options) throws IOException, InterruptedException {
        List<String> known = scenarios.stream().map(Scenario::name).toList();
        if (!known.containsAll(names)) {
            throw new IllegalArgumentException("scenarios are " + names + ", expected some of " + known);
        }
        var failed = new ArrayList<String>();
        var page = Page.read(file, table, known);
        try (var bench = Bench.open()) {
            for (Scenario scenario : scenarios) {
                if (names.isEmpty() || names.contains(scenario.name())) {
                    try {
                        tell(scenario.measure(bench, options), page, bench, options);
                    } catch (IOException e) {
                        failed.add(scenario.name());
                        System.err.println(scenario.name() + ": " + e);
                    }
                }
            }
            bench.deleteDirectory();
        }
        return failed;
    }

    private void tell(Chapter chapter, Page page, Bench bench, Options options)
            throws IOException, InterruptedException {
        System.out.println(chapter.title() + "\n\n" + chapter.text());
        if (told.test(options)) {
            page.put(chapter);
            page.write(head.of(bench));
        }
    }
}
