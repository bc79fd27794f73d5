package dev.portico.proxy.telemetry;

import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.HttpListener;
import java.util.concurrent.ThreadLocalRandom;

/** Counts and logs what one event loop did. */
final class LoopRecorder implements Recorder {
    private final LoopCounters counters;
    private final AccessLines lines;
    private final LineWriter writer;
    private final ByteRing ring;

    LoopRecorder(LoopCounters counters, AccessLines lines, LineWriter writer) {
        this.counters = counters;
        this.lines = lines;
        this.writer = writer;
        this.ring = writer.newRing();
    }

    @Override
    public void finished(Exchange exchange) {
        counters.finished(exchange);
        HttpListener listener = exchange.listener();
        AccessLog log = listener == null ? AccessLog.DEFAULT : listener.accessLog();
        if (!isSampled(log)) {
            return;
        }
        Line line = lines.of(exchange, log.format());
        if (line != null && ring.put(line.bytes(), line.length())) {
            writer.wake();
        }
    }

    @Override
    public void connected(String listener) {
        counters.listener(listener).connected.add(1);
    }

    @Override
    public void limited(String listener, ConnectionLimit limit) {
        counters.listener(listener)
                .limits
                .computeIfAbsent(limit, _ -> new Counter())
                .add(1);
    }

    @Override
    public void disconnected(String listener) {
        counters.listener(listener).disconnected.add(1);
    }

    @Override
    public void tunnelBegun(String listener) {
        counters.listener(listener).tunnelsBegun.add(1);
    }

    @Override
    public void tunnelMoved(String listener, long up, long down) {
        counters.listener(listener).tunnelUp.add(up);
        counters.listener(listener).tunnelDown.add(down);
    }

    @Override
    public void tunnelOver(String listener) {
        counters.listener(listener).tunnelsOver.add(1);
    }

    private static boolean isSampled(AccessLog log) {
        return log.samplingPercent() == 100 || ThreadLocalRandom.current().nextInt(100) < log.samplingPercent();
    }
}
