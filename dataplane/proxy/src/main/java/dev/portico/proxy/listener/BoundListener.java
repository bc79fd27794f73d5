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
        private volatile @Nullable HttpListener listener;

        Slot(HttpListener listener) {
            this.listener = listener;
        }

        /** Null once the socket is closed: connections that it has accepted may still arrive. */
        @Nullable
        HttpListener listener() {
            return listener;
        }
    }

    BoundListener(Channel socket, Slot slot) {
        this.socket = socket;
        this.slot = slot;
    }

    /** Connections that are accepted from now on are served so. */
    void serve(HttpListener listener) {
        slot.listener = listener;
    }

    void close() {
        slot.listener = null;
        socket.close().syncUninterruptibly();
    }
}
