package dev.portico.e2e.cluster.loss;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * What came of the requests of one kind.
 *
 * @param failed were answered with anything but 200, or not within {@link Load#PATIENCE}
 * @param p99 of the time to the whole answer
 * @param errors of failed ones, each once
 */
record Figures(Kind kind, long requests, long failed, Duration p99, List<String> errors) {
    /** @param report as Vegeta prints it */
    static Figures of(Kind kind, JsonObject report) {
        long requests = report.getLong("requests");
        long good = report.getJsonObject("status_codes").getLong("200", 0L);
        return new Figures(
                kind,
                requests,
                requests - good,
                Duration.ofNanos(report.getJsonObject("latencies").getLong("99th")),
                report.getJsonArray("errors").stream().map(Object::toString).toList());
    }

    @Override
    public String toString() {
        return "%s: %,d requests, %d failed, p99 %d ms%s"
                .formatted(kind.title(), requests, failed, p99.toMillis(), errors.isEmpty() ? "" : " " + errors);
    }
}
