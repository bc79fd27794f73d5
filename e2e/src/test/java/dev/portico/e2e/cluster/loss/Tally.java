package dev.portico.e2e.cluster.loss;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** How lines of conversations ended. Asked and told by any thread. */
final class Tally {
    private final AtomicInteger clean = new AtomicInteger();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    void clean() {
        clean.incrementAndGet();
    }

    void broken(String how) {
        broken.add(how);
    }

    /** Those that the data plane ended as it should. */
    int ended() {
        return clean.get();
    }

    List<String> broken() {
        return List.copyOf(broken);
    }
}
