package dev.portico.operator.push;

import dev.portico.operator.identity.Identities;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** All replicas of all data planes, and what each is to serve. For one thread at a time. */
public final class Pusher implements AutoCloseable {
    private final Channel.Opener opener;
    private final LongConsumer onTerm;
    private final Runnable onChange;
    private final Map<String, Link> links = new HashMap<>();
    private Map<String, Target> targets = Map.of();

    Pusher(Channel.Opener opener, LongConsumer onTerm, Runnable onChange) {
        this.opener = opener;
        this.onTerm = onTerm;
        this.onChange = onChange;
    }

    /**
     * @param onTerm told of terms that replicas have seen and that are not older than ours
     * @param onChange called when a replica answered, or could not be reached; from any thread, and must not block
     */
    public static Pusher over(Vertx vertx, Identities identities, LongConsumer onTerm, Runnable onChange) {
        return new Pusher(HttpChannel.opener(vertx, identities), onTerm, onChange);
    }

    /** The replicas there are: new ones get their table at once, absent ones are forgotten. */
    public void replicas(Collection<Replica> replicas) {
        var gone = new HashMap<>(links);
        for (Replica replica : replicas) {
            var link = gone.remove(replica.id());
            if (link != null && link.replica().sameAddress(replica)) {
                link.replica(replica);
            } else {
                if (link != null) {
                    link.close();
                }
                var fresh = Link.start(replica, opener, onTerm, onChange);
                fresh.offer(targets.get(replica.dataPlane()));
                links.put(replica.id(), fresh);
            }
        }
        gone.forEach((id, link) -> {
            link.close();
            links.remove(id);
        });
    }

    /** What the data planes shall serve, by id. A data plane that is not named keeps what it has. */
    public void targets(Map<String, Target> newest) {
        targets = Map.copyOf(newest);
        links.values().forEach(link -> link.offer(target(link)));
    }

    public List<LinkState> states() {
        return links.values().stream().map(Link::state).toList();
    }

    private @Nullable Target target(Link link) {
        return targets.get(link.replica().dataPlane());
    }

    @Override
    public void close() {
        links.values().forEach(Link::close);
        links.clear();
    }
}
