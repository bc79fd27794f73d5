package dev.portico.operator.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All kinds that are read. */
public final class Watches implements AutoCloseable {
    private final List<Reflector> reflectors;

    private Watches(List<Reflector> reflectors) {
        this.reflectors = reflectors;
    }

    /** What a world lacks as long as it was not listed. */
    public static Set<String> kinds() {
        return Kind.ALL.stream().map(Kind::name).collect(Collectors.toUnmodifiableSet());
    }

    public static Watches start(KubernetesClient client, World world) {
        var reflectors = Kind.ALL.stream()
                .map(kind -> new Reflector(client, kind, world))
                .toList();
        reflectors.forEach(Reflector::start);
        return new Watches(reflectors);
    }

    /** How long the kind has not been heard of of which least is known: more than two minutes is an alarm. */
    public Duration staleness() {
        return reflectors.stream()
                .map(Reflector::silence)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        reflectors.forEach(Reflector::close);
    }
}
