package dev.portico.operator.identity;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The identities that this operator issues, and its own, always with time left. */
public final class Identities {
    private static final Logger LOG = LoggerFactory.getLogger(Identities.class);
    /** After which the store is asked again: another replica may have renewed the authority. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final AuthorityStore store;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Authority authority;
    private Instant asked = Instant.MIN;
    private List<Identity> operator = List.of();

    public Identities(AuthorityStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the operator shows to pods; more than one while the authority has more keys than one. */
    public List<Identity> operator() throws IOException {
        lock.lock();
        try {
            var now = clock.instant();
            var current = authority(now);
            if (operator.stream()
                    .noneMatch(identity ->
                            identity.authority().equals(current.certificates()) && !identity.renewable(now))) {
                operator = current.operator(now);
            }
            return operator;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The identity for the pods of a data plane.
     *
     * @param held what they have now; the same is returned as long as it stands: to be asked again every few minutes
     */
    public Identity dataPlane(String dataPlane, @Nullable Identity held) throws IOException {
        lock.lock();
        try {
            var now = clock.instant();
            var current = authority(now);
            return held != null && current.stands(held, dataPlane, now) ? held : current.dataPlane(dataPlane, now);
        } finally {
            lock.unlock();
        }
    }

    /** The certificates by which pods and operator know each other, as PEM; a minute late at most. */
    public String authority() throws IOException {
        lock.lock();
        try {
            return authority(clock.instant()).certificates();
        } finally {
            lock.unlock();
        }
    }

    private Authority authority(Instant now) throws IOException {
        var known = authority;
        if (known != null && now.isBefore(asked.plus(FRESH))) {
            return known;
        }
        try {
            known = store.readOrCreate(now);
        } catch (IOException e) {
            if (known == null) {
                throw e;
            }
            LOG.warn("the authority was not read again: {}", e.getMessage());
        }
        asked = now;
        authority = known;
        return known;
    }
}
