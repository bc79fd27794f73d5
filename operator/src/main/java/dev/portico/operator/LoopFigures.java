package dev.portico.operator;

import dev.portico.operator.console.Standing;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.Map;

/** How the loop fares, for people, for scrapers and for whoever restarts processes that hang. */
final class LoopFigures {
    /** The loop comes by every minute even where nothing happens. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final Histogram compiles;
    private final Counter lost;
    private volatile long roundSince = System.nanoTime();
    private volatile Standing standing = Standing.NOTHING;

    LoopFigures(PrometheusRegistry registry) {
        compiles = Histogram.builder()
                .name("portico_operator_compile_seconds")
                .unit(Unit.SECONDS)
                .help("From a change to tables and conditions.")
                .classicOnly()
                .classicUpperBounds(.001, .003, .01, .03, .1, .3, 1, 3, 10)
                .register(registry);
        lost = Counter.builder()
                .name("portico_operator_lost_rounds_total")
                .help("Rounds of the loop that failed by a mistake of the operator; each was repeated.")
                .register(registry);
        GaugeWithCallback.builder()
                .name("portico_operator_problems")
                .help("Problems of which users were told.")
                .callback(gauge -> gauge.call(standing.problems().size()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("portico_operator_replicas")
                .help("Ready replicas of data planes by how they stand.")
                .labelNames("state")
                .callback(this::replicas)
                .register(registry);
    }

    void compiled(Duration took) {
        compiles.observe(took.toNanos() / 1e9);
    }

    void roundLost() {
        lost.inc();
    }

    void round() {
        roundSince = System.nanoTime();
    }

    void stand(Standing now) {
        standing = now;
    }

    Standing standing() {
        return standing;
    }

    /** Why this process should rather be started anew; empty if the loop goes round. */
    String obstacle() {
        var at = Duration.ofNanos(System.nanoTime() - roundSince);
        return at.compareTo(STUCK) > 0 ? "the loop has been at one round for " + at.toSeconds() + " s" : "";
    }

    private void replicas(GaugeWithCallback.Callback gauge) {
        var ready = standing.replicas().stream()
                .filter(link -> link.replica().ready())
                .toList();
        var counts = Map.of(
                "serving", ready.stream().filter(link -> link.obstacle() == null && link.version() > 0),
                "waiting", ready.stream().filter(link -> link.obstacle() == null && link.version() == 0),
                "refusing", ready.stream().filter(link -> link.refusal() != null),
                "unreachable", ready.stream().filter(link -> link.refusal() == null && link.trouble() != null));
        counts.forEach((state, links) -> gauge.call((double) links.count(), state));
    }
}
