package dev.portico.proxy.pipeline;

import dev.portico.proxy.tunnel.Tunnel;
import org.jspecify.annotations.Nullable;

/** A request after its answer was 101: nobody is asked anything any more; it is counted, and recorded at its end. */
final class Tunnelling implements Tunnel.Owner {
    private final Exchange exchange;
    private final Recorder recorder;
    private final Answering answering;

    private Tunnelling(Exchange exchange, Recorder recorder, Answering answering) {
        this.exchange = exchange;
        this.recorder = recorder;
        this.answering = answering;
    }

    static Tunnelling begin(Exchange exchange, Recorder recorder, Answering answering) {
        recorder.tunnelBegun(exchange.client().listener());
        return new Tunnelling(exchange, recorder, answering);
    }

    @Override
    public void moved(long up, long down) {
        exchange.bytesReceived += up;
        exchange.bytesSent += down;
        recorder.tunnelMoved(exchange.client().listener(), up, down);
    }

    @Override
    public void over(Tunnel.End why) {
        Refusal reason = reason(why);
        if (reason != null) {
            exchange.reason = reason.word();
            exchange.cut = true;
        }
        recorder.tunnelOver(exchange.client().listener());
        answering.finish();
    }

    private static @Nullable Refusal reason(Tunnel.End why) {
        return switch (why) {
            case DONE -> null;
            case CLIENT_LOST -> Refusal.CLIENT_CLOSED;
            case ENDPOINT_LOST -> Refusal.UPSTREAM_CLOSED;
            case CLIENT_STALLED -> Refusal.CLIENT_TOO_SLOW;
            case IDLE -> Refusal.TUNNEL_IDLE;
            case LEFT -> Refusal.SHUTDOWN;
        };
    }
}
