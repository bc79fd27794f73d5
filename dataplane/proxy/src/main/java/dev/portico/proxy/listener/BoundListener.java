package dev.portico.proxy.listener;

import dev.portico.routetable.HttpListener;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** A socket that accepts clients. */
final class BoundListener {
    private final Channel socket;
    private final Slot slot;

    /** What the socket serves now; set by the thread that applies tables, read by event loops. */
    static final class Slot {
        private volatile @Nullable Served served;

        Slot(HttpListener listener) {
            this.served = Served.of(listener);
        }

        /** Null once the socket is closed: connections that it has accepted may still arrive. */
        @Nullable
        Served served() {
            return served;
        }
    }

    BoundListener(Channel socket, Slot slot) {
        this.socket = socket;
        this.slot = slot;
    }

    /** Connections that are accepted from now on are served so. */
    void serve(HttpListener listener) {
        slot.served = Served.of(listener);
    }

    void close() {
        slot.served = null;
        socket.close().syncUninterruptibly();
    }
}
