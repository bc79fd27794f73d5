package dev.portico.operator.compile;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.ShardedMap;
import dev.portico.operator.source.secret.AuthoritiesReader;
import dev.portico.operator.source.secret.UnreadableSecretException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The certificates of authorities that are asked for; each ConfigMap is read once, and only if somebody names it. */
final class Authorities {
    private final Map<ObjectRef, State> states = new HashMap<>();
    private ShardedMap<ObjectRef, ConfigMap> maps = ShardedMap.empty();

    /** The ConfigMaps that are not what they were. */
    Set<ObjectRef> update(ClusterState world) {
        var changed = new HashSet<ObjectRef>();
        world.all(ConfigMap.class).changesSince(maps, (ref, _, _) -> {
            states.remove(ref);
            changed.add(ref);
        });
        maps = world.all(ConfigMap.class);
        return changed;
    }

    State get(ObjectRef ref) {
        return states.computeIfAbsent(ref, this::read);
    }

    private State read(ObjectRef ref) {
        var map = maps.get(ref);
        if (map == null) {
            return new State(null, ref + " does not exist, expected a ConfigMap with certificates in data[ca.crt]");
        }
        try {
            return new State(AuthoritiesReader.read(map), null);
        } catch (UnreadableSecretException e) {
            return new State(null, ref + " " + e.field() + " " + e.message());
        }
    }

    /** The certificates, each as PEM, or what a user is to be told who names the ConfigMap. */
    record State(
            @Nullable Set<String> certificates, @Nullable String trouble) {}
}
