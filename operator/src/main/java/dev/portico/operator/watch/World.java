package dev.portico.operator.watch;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.TlsSecret;
import dev.portico.operator.model.Unreadable;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one place where the state of the cluster is held, and what changed in it since the loop last looked. */
public final class World {
    private final InstantSource clock;
    private final SecretMemory memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> missing = new HashSet<>();

    private ClusterState state;
    private Set<ObjectRef> idleSecrets = Set.of();
    private boolean objects;
    private boolean slices;
    private boolean pods;
    private boolean answers;

    /**
     * @param memory what is remembered of a Secret beside its newest version
     * @param kinds what must have been listed before the world is complete
     */
    public World(InstantSource clock, SecretMemory memory, Set<String> kinds) {
        this.clock = clock;
        this.memory = memory;
        this.missing.addAll(kinds);
        this.state = ClusterState.empty(clock.instant());
    }

    /** All objects of that kind have been put: from now on absent means that there is none. */
    void listed(String kind) {
        lock.lock();
        try {
            if (missing.remove(kind)) {
                objects = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was never listed yet: until nothing is, nothing is told. */
    public Set<String> missing() {
        lock.lock();
        try {
            return Set.copyOf(missing);
        } finally {
            lock.unlock();
        }
    }

    void put(HasMetadata object) {
        lock.lock();
        try {
            var before = state;
            state = switch (object) {
                case Secret secret -> before.with(remember(secret));
                case ConfigMap map when saysTheSame(map) -> before;
                default -> before.with(object);
            };
            if (state != before) {
                mark(object.getClass(), ObjectRef.of(object), before);
            }
        } finally {
            lock.unlock();
        }
    }

    void put(Unreadable object) {
        lock.lock();
        try {
            state = state.with(object);
            objects = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void remove(ObjectRef ref, Class<? extends HasMetadata> kind) {
        lock.lock();
        try {
            var before = state;
            state = before.without(ref);
            mark(kind, ref, before);
        } finally {
            lock.unlock();
        }
    }

    /** A Secret that was asked for; whether it is news. */
    boolean found(Secret secret) {
        lock.lock();
        try {
            var known = state.secret(ObjectRef.of(secret));
            if (known != null && !Version.of(secret).isAfter(Version.of(known.current()))) {
                return false;
            }
            put(secret);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A Secret that was asked for and is no longer there, unless another has come meanwhile; whether it is news. */
    boolean gone(ObjectRef ref, Version found) {
        lock.lock();
        try {
            var known = state.secret(ref);
            if (known == null || !Version.of(known.current()).equals(found)) {
                return false;
            }
            remove(ref, Secret.class);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the Secrets that nobody names now and nobody named when this was asked last. */
    public void forgetSecretsBut(Set<ObjectRef> named) {
        lock.lock();
        try {
            var idle = new HashSet<ObjectRef>();
            state.secrets().forEach((ref, secret) -> {
                if (!named.contains(ref)) {
                    idle.add(ref);
                }
            });
            for (ObjectRef ref : idle) {
                if (idleSecrets.contains(ref)) {
                    state = state.without(ref);
                }
            }
            idleSecrets = idle;
        } finally {
            lock.unlock();
        }
    }

    /** A data plane answered or leadership changed. */
    public void answered() {
        lock.lock();
        try {
            answers = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something changed, at most so long, and then a little more for what changes together with it. Nothing
     * is told of objects until all kinds have been listed: a world with holes would take routes away.
     */
    public Seen await(Duration atMost, Duration holdOff) throws InterruptedException {
        lock.lock();
        try {
            var nanos = atMost.toNanos();
            while (!dirty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            var hold = holdOff.toNanos();
            while (dirty() && hold > 0) {
                hold = changed.awaitNanos(hold);
            }
            return fetch();
        } finally {
            lock.unlock();
        }
    }

    private boolean dirty() {
        return answers || (missing.isEmpty() && (objects || pods || slices));
    }

    private Seen fetch() {
        if (!missing.isEmpty()) {
            var seen = new Seen(state, false, false, false, answers);
            answers = false;
            return seen;
        }
        state = state.at(clock.instant());
        var seen = new Seen(state, objects, slices, pods, answers);
        objects = false;
        slices = false;
        pods = false;
        answers = false;
        return seen;
    }

    private void mark(Class<?> kind, ObjectRef ref, ClusterState before) {
        if (kind == EndpointSlice.class) {
            markSlice(ref, before);
        } else if (kind == Pod.class) {
            pods = true;
        } else {
            objects = true;
        }
        changed.signalAll();
    }

    // A slice may leave a Service for another. The first and the last of a Service say whether it has endpoints at all:
    // that is for compile.
    private void markSlice(ObjectRef slice, ClusterState before) {
        var services = Stream.of(before.serviceOf(slice), state.serviceOf(slice))
                .flatMap(Optional::stream)
                .toList();
        if (services.stream()
                .anyMatch(service -> before.slices(service).isEmpty()
                        != state.slices(service).isEmpty())) {
            objects = true;
        } else {
            slices |= !services.isEmpty();
        }
    }

    // Some are written every other second by those who elect leaders with them.
    private boolean saysTheSame(ConfigMap map) {
        var before = state.get(ConfigMap.class, ObjectRef.of(map));
        return before != null && Objects.equals(before.getData(), map.getData());
    }

    private TlsSecret remember(Secret secret) {
        return memory.remember(state.secret(ObjectRef.of(secret)), secret);
    }

    /** Judges a Secret: what it is worth with what is known of it from before. */
    @FunctionalInterface
    public interface SecretMemory {
        TlsSecret remember(@Nullable TlsSecret before, Secret now);
    }
}
