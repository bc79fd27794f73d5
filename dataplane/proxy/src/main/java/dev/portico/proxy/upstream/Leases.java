package dev.portico.proxy.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** Figures of one event loop's upstream connections. Written by that loop, read by any thread. */
public final class Leases {
    private final AtomicInteger leased = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private long returned;

    /** Requests that have a connection or a stream, or wait for one that is being made. When no request runs this is 0. */
    public int leased() {
        return leased.get();
    }

    /** Connections, idle ones included. */
    public int open() {
        return open.get();
    }

    /** Requests that wait for a connection. */
    public int waiting() {
        return waiting.get();
    }

    /** How many requests have given back what they had, for the loop alone. */
    long returned() {
        return returned;
    }

    void leased(int change) {
        add(leased, change);
        if (change < 0) {
            returned -= change;
        }
    }

    void open(int change) {
        add(open, change);
    }

    void waiting(int change) {
        add(waiting, change);
    }

    /** There is one writer, so no locked instruction is needed. */
    private static void add(AtomicInteger figure, int change) {
        figure.lazySet(figure.getPlain() + change);
    }
}
