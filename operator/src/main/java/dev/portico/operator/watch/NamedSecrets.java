package dev.portico.operator.watch;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Secrets one by one that somebody names and the world lacks: those of types that are not watched, and those that
 * were forgotten while nobody named them. Of what it reads it hears nothing more, so it asks again every minute.
 *
 * <p>For one thread at a time, which it holds up for {@link #PATIENCE} at most.
 */
public final class NamedSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(NamedSecrets.class);
    private static final String WATCHED_TYPE = "kubernetes.io/tls";
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 128;
    private static final int CONNECTIONS = 8;

    private final KubernetesClient client;
    private final World world;
    private final Duration again;
    private final Map<ObjectRef, Asked> asked = new HashMap<>();
    private boolean more;

    public NamedSecrets(KubernetesClient client, World world) {
        this(client, world, AGAIN);
    }

    NamedSecrets(KubernetesClient client, World world, Duration again) {
        this.client = client;
        this.world = world;
        this.again = again;
    }

    /**
     * @param named all that are named
     * @return whether the world has changed by what was read
     */
    public boolean read(Set<ObjectRef> named, ClusterState state) throws InterruptedException {
        asked.keySet().retainAll(named);
        var due = named.stream()
                .filter(ref -> isDue(ref, state))
                .limit(AT_ONCE + 1)
                .toList();
        more = due.size() > AT_ONCE;
        var now = due.subList(0, Math.min(due.size(), AT_ONCE));
        return !now.isEmpty() && read(now);
    }

    /** Whether some were left for the next time. */
    public boolean isUnfinished() {
        return more;
    }

    private boolean isDue(ObjectRef ref, ClusterState state) {
        var before = asked.get(ref);
        return before == null ? state.secret(ref) == null : System.nanoTime() - before.at() > again.toNanos();
    }

    private boolean read(List<ObjectRef> refs) throws InterruptedException {
        var changed = false;
        try (var threads = Executors.newFixedThreadPool(
                Math.min(CONNECTIONS, refs.size()), Thread.ofVirtual().factory())) {
            var answers = threads.invokeAll(
                    refs.stream().map(this::request).toList(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < answers.size(); i++) {
                changed |= taken(refs.get(i), answers.get(i));
            }
        }
        return changed;
    }

    private Callable<Optional<Secret>> request(ObjectRef ref) {
        return () -> Optional.ofNullable(client.secrets()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get());
    }

    private boolean taken(ObjectRef ref, Future<Optional<Secret>> answer) throws InterruptedException {
        try {
            var found = answer.get();
            return found.isPresent() ? found(ref, found.get()) : absent(ref);
        } catch (ExecutionException | CancellationException e) {
            var why = e.getCause() instanceof KubernetesClientException refused ? refused.getMessage() : "no answer";
            LOG.warn("{} not read: {}", ref, why);
            asked.merge(ref, new Asked(System.nanoTime(), null), (before, now) -> new Asked(now.at(), before.found()));
            return false;
        }
    }

    private boolean found(ObjectRef ref, Secret secret) {
        var version = Version.of(secret);
        var before = asked.put(ref, new Asked(System.nanoTime(), version));
        if (before != null && version.equals(before.found()) && WATCHED_TYPE.equals(secret.getType())) {
            // From here on the watch tells of it; the first time it may have been just about to tell that it is gone.
            asked.remove(ref);
        }
        return world.found(secret);
    }

    private boolean absent(ObjectRef ref) {
        var before = asked.put(ref, new Asked(System.nanoTime(), null));
        return before != null && before.found() != null && world.gone(ref, before.found());
    }

    /**
     * @param at by {@link System#nanoTime}
     * @param found what was there
     */
    private record Asked(long at, @Nullable Version found) {}
}
