package dev.portico.operator.watch;

import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one kind of the world up to date: lists, watches from there, and begins again after whatever ended the watch.
 *
 * <p>fabric8's informers give up on some answers (an object that cannot be decoded, 503 at the upgrade) and can stop
 * without a word; here a watch never lives longer than {@link #LIFE}, so none can be silent for longer.
 */
final class Reflector {
    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    /** After which the API server is asked to end a watch. */
    static final Duration LIFE = Duration.ofSeconds(60);
    /** After which it has not, so the connection is half open and may have swallowed events. */
    private static final Duration OVERDUE = LIFE.plusSeconds(15);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A watch that ends sooner without an event was not worth asking for again at once. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final Kind kind;
    private final World world;
    private final Decoder decoder;
    private final Thread thread;
    private final Map<ObjectRef, Version> known = new HashMap<>();
    private volatile long heard = System.nanoTime();
    private volatile @Nullable WatchEvents current;
    private int failures;

    Reflector(KubernetesClient client, Kind kind, World world) {
        this.client = client;
        this.kind = kind;
        this.world = world;
        this.decoder = new Decoder(client.getKubernetesSerialization());
        this.thread = Thread.ofVirtual().name("watch " + kind).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void close() {
        thread.interrupt();
    }

    /** Begins the watch anew where it is, unless it is younger than that: its connection may have died without a word. */
    void renew(Duration young) {
        var events = current;
        if (events != null) {
            events.doubt(young);
        }
    }

    Kind kind() {
        return kind;
    }

    /** How long ago the API server last said anything about this kind. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    private void run() {
        try {
            while (true) {
                try {
                    follow(list());
                } catch (RuntimeException e) {
                    LOG.warn("{} not read: {}", kind, e.getMessage());
                    pause();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} no longer watched", kind);
        }
    }

    /** Watches on and on, until only a new list can help. */
    private void follow(String version) throws InterruptedException {
        var from = version;
        while (true) {
            var events = new WatchEvents();
            var options = kind.select(new ListOptionsBuilder()
                    .withResourceVersion(from)
                    .withAllowWatchBookmarks(true)
                    .withTimeoutSeconds(LIFE.toSeconds())
                    .build());
            var began = System.nanoTime();
            var deadline = began + OVERDUE.toNanos();
            try (var _ = kind.of(client).watch(options, events)) {
                current = events;
                from = apply(events, from, deadline);
            }
            switch (events.end()) {
                case GONE, OVERDUE -> {
                    pause();
                    return;
                }
                case CUT -> pause();
                case DOUBTED -> LOG.debug("{} is watched anew", kind);
                case FINISHED -> {
                    if (System.nanoTime() - began < SHORT.toNanos()) {
                        pause();
                    } else {
                        failures = 0;
                    }
                }
            }
        }
    }

    private String apply(WatchEvents events, String version, long deadline) throws InterruptedException {
        var last = version;
        for (var event = events.take(deadline); event.isPresent(); event = events.take(deadline)) {
            heard = System.nanoTime();
            failures = 0;
            var object = event.get().object();
            last = Objects.requireNonNullElse(object.getMetadata().getResourceVersion(), last);
            switch (event.get().what()) {
                case ADDED, MODIFIED -> put(object);
                case DELETED -> remove(ObjectRef.of(complete(object)));
                case BOOKMARK, ERROR -> LOG.trace("{} at {}", kind, last);
            }
        }
        return last;
    }

    private String list() {
        var listed = kind.of(client).list(kind.select(new ListOptionsBuilder().build()));
        heard = System.nanoTime();
        var gone = new HashMap<>(known);
        for (GenericKubernetesResource object : listed.getItems()) {
            put(object);
            gone.remove(ObjectRef.of(object));
        }
        gone.keySet().forEach(this::remove);
        world.listed(kind.toString());
        return Objects.requireNonNullElse(listed.getMetadata().getResourceVersion(), "");
    }

    private void put(GenericKubernetesResource raw) {
        var ref = ObjectRef.of(complete(raw));
        var version = Version.of(raw);
        if (!version.equals(known.get(ref))) {
            take(raw);
            known.put(ref, version);
        }
    }

    /** Takes an object into the world, be it as one that cannot be read. */
    private void take(GenericKubernetesResource raw) {
        switch (decoder.decode(raw, kind.type())) {
            case Decoder.Decoded.Typed typed -> {
                try {
                    world.put(typed.object());
                } catch (RuntimeException e) {
                    quarantine(Decoder.quarantined(raw, e));
                }
            }
            case Decoder.Decoded.Quarantined quarantined -> quarantine(quarantined);
        }
    }

    private void quarantine(Decoder.Decoded.Quarantined quarantined) {
        LOG.warn("{}", quarantined.object().problems());
        world.put(quarantined.object());
    }

    private void remove(ObjectRef ref) {
        if (known.remove(ref) != null) {
            world.remove(ref, kind.type());
        }
    }

    // Items of lists do not say what they are.
    private GenericKubernetesResource complete(GenericKubernetesResource object) {
        object.setApiVersion(kind.apiVersion());
        object.setKind(kind.name());
        return object;
    }

    private void pause() throws InterruptedException {
        var longest = Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(failures++, 10));
        Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
