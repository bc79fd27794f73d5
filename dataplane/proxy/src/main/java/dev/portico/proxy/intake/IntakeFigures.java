package dev.portico.proxy.intake;

import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.telemetry.MetricSource;
import dev.portico.proxy.telemetry.MetricType;
import dev.portico.wire.Answer.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of pushes. */
public final class IntakeFigures implements MetricSource {
    private final InstantSource clock;
    private final LongAdder acks = new LongAdder();
    private final Map<Reason, LongAdder> nacks = new EnumMap<>(Reason.class);
    private final LongAdder writeFailures = new LongAdder();
    private volatile @Nullable Loaded loaded;

    public IntakeFigures(InstantSource clock) {
        this.clock = clock;
        for (Reason reason : Reason.values()) {
            nacks.put(reason, new LongAdder());
        }
    }

    /** A push was taken, or was the one that serves already. */
    void acked(long version, long term) {
        acks.increment();
        Loaded before = loaded;
        if (before == null || before.version != version || before.term != term) {
            loaded = new Loaded(version, term, clock.instant());
        }
    }

    void nacked(Reason reason) {
        LongAdder counter = nacks.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void writeFailed() {
        writeFailures.increment();
    }

    @Override
    public void write(Exposition out) {
        Loaded now = loaded;
        if (now != null) {
            out.single("portico_table_version", MetricType.GAUGE, "Version of the table that serves.", now.version);
            out.single("portico_table_term", MetricType.GAUGE, "Term of the table that serves.", now.term);
            out.single(
                    "portico_table_age_seconds",
                    MetricType.GAUGE,
                    "Since the table was loaded.",
                    (clock.millis() - now.since.toEpochMilli()) / 1e3);
        }
        out.metric("portico_pushes_total", MetricType.COUNTER, "Pushes by answer.");
        out.sample("portico_pushes_total", acks.sum(), "answer", "ack");
        nacks.forEach((reason, count) -> {
            if (count.sum() > 0) {
                out.sample(
                        "portico_pushes_total",
                        count.sum(),
                        "answer",
                        reason.name().toLowerCase(Locale.ROOT));
            }
        });
        out.single(
                "portico_last_known_good_write_failures_total",
                MetricType.COUNTER,
                "Tables that could not be stored for the next start.",
                writeFailures.sum());
    }

    private record Loaded(long version, long term, Instant since) {}
}
