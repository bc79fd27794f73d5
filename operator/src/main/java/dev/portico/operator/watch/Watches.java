package dev.portico.operator.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All kinds that are read, and whether they are still heard of. */
public final class Watches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
    /** Twice the life of a watch: from then on what is served may be older than what users wrote. */
    private static final Duration STALE = Reflector.LIFE.multipliedBy(2);

    /** A watch that was opened since then has a connection that lives. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final List<Reflector> reflectors;
    private final Thread alarm;
    private Set<String> silent = Set.of();

    private Watches(List<Reflector> reflectors) {
        this.reflectors = reflectors;
        this.alarm = Thread.ofVirtual().name("staleness").unstarted(this::run);
    }

    /** What a world lacks as long as it was not listed. */
    public static Set<String> kinds(Set<String> namespaces) {
        return Kind.in(namespaces).stream().map(Kind::toString).collect(Collectors.toUnmodifiableSet());
    }

    /** @param namespaces those that are watched; all if none is given */
    public static Watches start(KubernetesClient client, Set<String> namespaces, World world) {
        var watches = new Watches(Kind.in(namespaces).stream()
                .map(kind -> new Reflector(client, kind, world))
                .toList());
        watches.reflectors.forEach(Reflector::start);
        watches.alarm.start();
        return watches;
    }

    /** Begins all watches anew where they are: connections to the API server may have died without a word. */
    public void renew() {
        reflectors.forEach(reflector -> reflector.renew(YOUNG));
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                tell(silentFor(STALE));
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody listens for silence any more");
        }
    }

    private void tell(Set<String> now) {
        if (now.isEmpty() && !silent.isEmpty()) {
            LOG.warn("the API server is heard again of every kind");
        } else if (!now.equals(silent)) {
            LOG.error(
                    "the API server was not heard for {} s of {}: what is served may be older than it says",
                    STALE.toSeconds(),
                    now);
        }
        silent = now;
    }

    /** The kinds of which nothing was heard for longer. */
    Set<String> silentFor(Duration limit) {
        var silences = new TreeMap<>(silences());
        silences.values().removeIf(silence -> silence.compareTo(limit) <= 0);
        return silences.keySet();
    }

    /** How long nothing was heard of each kind; of several namespaces the longest. */
    public Map<String, Duration> silences() {
        return reflectors.stream()
                .collect(Collectors.toMap(
                        reflector -> reflector.kind().name(),
                        Reflector::silence,
                        (one, other) -> one.compareTo(other) > 0 ? one : other));
    }

    @Override
    public void close() {
        alarm.interrupt();
        reflectors.forEach(Reflector::close);
    }
}
