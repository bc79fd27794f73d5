package dev.portico.e2e.apiserver;

import dev.portico.e2e.cases.Tree;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that conditions ever tell of an object and its listeners, from now on. */
public final class Conditions implements AutoCloseable {
    private final Queue<Seen> all = new ConcurrentLinkedQueue<>();
    private final Watch watch;
    private volatile boolean broken;

    private Conditions(KubernetesClient client, HasMetadata object) {
        watch = client.genericKubernetesResources(object.getApiVersion(), object.getKind())
                .inNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource now) {
                        all.addAll(of(new Tree(now.getAdditionalProperties())));
                    }

                    @Override
                    public void onClose(@Nullable WatcherException cause) {
                        broken = true;
                    }
                });
    }

    public static Conditions watch(KubernetesClient client, HasMetadata object) {
        return new Conditions(client, object);
    }

    /** Those that an object has. */
    static List<Seen> of(Tree object) {
        var own = object.treesOrNone("status", "conditions").stream().map(condition -> Seen.of("", condition));
        var listeners = object.treesOrNone("status", "listeners").stream()
                .flatMap(listener -> listener.treesOrNone("conditions").stream()
                        .map(condition -> Seen.of("listener " + listener.text("name") + ": ", condition)));
        return Stream.concat(own, listeners).toList();
    }

    /** Whether Programmed was True of this generation. */
    public boolean wasProgrammed(long generation) {
        return all.stream()
                .anyMatch(seen -> seen.type().equals("Programmed") && seen.isTrue() && seen.generation() == generation);
    }

    /** What was True of a generation and then was not. */
    public List<Seen> flaps() {
        if (broken) {
            throw new IllegalStateException("the watch ended: nobody knows what was told since");
        }
        var held = new HashSet<String>();
        var flaps = new ArrayList<Seen>();
        for (Seen seen : all) {
            String what = seen.type() + " of generation " + seen.generation();
            if (seen.isTrue()) {
                held.add(what);
            } else if (held.contains(what)) {
                flaps.add(seen);
            }
        }
        return flaps;
    }

    @Override
    public void close() {
        watch.close();
    }

    /**
     * A condition, once.
     *
     * @param type with the name of the listener in front, if it is of one
     */
    public record Seen(String type, String status, String why, long generation) {
        private static Seen of(String owner, Tree condition) {
            return new Seen(
                    owner + condition.text("type"),
                    condition.text("status"),
                    condition.text("reason") + " " + condition.find("message").orElse(""),
                    ((Number) condition.get("observedGeneration")).longValue());
        }

        boolean isTrue() {
            return status.equals("True");
        }
    }
}
