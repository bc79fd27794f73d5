package dev.portico.proxy.telemetry;

import java.util.concurrent.atomic.AtomicLong;

/** A number that one thread raises and others read: a plain addition, seen in time. */
final class Counter {
    private final AtomicLong value = new AtomicLong();

    void add(long more) {
        value.setOpaque(value.getPlain() + more);
    }

    long get() {
        return value.getOpaque();
    }
}
