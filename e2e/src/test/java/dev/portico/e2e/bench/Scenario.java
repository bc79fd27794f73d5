package dev.portico.e2e.bench;

import java.io.IOException;

/** One thing that is measured. */
sealed interface Scenario permits Comparison, Profiled, Latency, StartUp, Memory {
    /** What {@code e2e/bench/run} calls it. */
    String name();

    String title();

    Chapter measure(Bench bench, Options options) throws IOException, InterruptedException;
}
