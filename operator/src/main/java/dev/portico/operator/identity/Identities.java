package dev.portico.operator.identity;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The identities that this operator issues, and its own, always with time left. */
public final class Identities {
    private final AuthorityStore store;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Authority authority;
    private @Nullable Identity operator;

    public Identities(AuthorityStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the operator shows to pods. */
    public Identity operator() throws IOException {
        lock.lock();
        try {
            if (operator == null || operator.renewable(clock.instant())) {
                operator = authority().operator(clock.instant());
            }
            return operator;
        } finally {
            lock.unlock();
        }
    }

    /** A fresh identity for the pods of a data plane. */
    public Identity dataPlane(String dataPlane) throws IOException {
        lock.lock();
        try {
            return authority().dataPlane(dataPlane, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private Authority authority() throws IOException {
        if (authority == null) {
            authority = store.readOrCreate(clock.instant());
        }
        return authority;
    }
}
