package dev.portico.proxy.telemetry;

import dev.portico.proxy.pipeline.Recorder;
import java.time.InstantSource;

/** Makes the recorders of the event loops. */
public final class Telemetry implements MetricSource {
    private final Metrics metrics = new Metrics();
    private final LineWriter writer;
    private final InstantSource clock;

    public Telemetry(LineWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** For one event loop. */
    public Recorder newRecorder() {
        return new LoopRecorder(metrics.newLoop(), new AccessLines(clock), writer);
    }

    /** Connections of clients that are open. */
    public long openConnections() {
        return metrics.openConnections();
    }

    @Override
    public void write(Exposition out) {
        metrics.write(out);
        out.single(
                "portico_access_log_dropped_total",
                MetricType.COUNTER,
                "Lines lost because the output did not keep up.",
                writer.dropped());
        out.single(
                "portico_access_log_failures_total",
                MetricType.COUNTER,
                "Writes that the output refused.",
                writer.failures());
    }
}
