package dev.portico.operator.model;

import dev.portico.routetable.Action;
import dev.portico.routetable.Filter;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.Match;
import dev.portico.routetable.Timeouts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route as its object declares it, in whatever dialect: well-formed, but its hosts, backends and policies not yet held
 * against other objects.
 *
 * @param id the id in the route table
 * @param section the name by which a policy aims at it alone: a route's own, a rule's host
 * @param field where it stands in the object
 * @param hosts where it wants to serve; never empty
 * @param listeners the listeners it wants to serve on, by name; absent: all
 * @param matches one of which must hold; never empty
 * @param fallback whether it gives way to every other route with the same match, without complaint
 */
public record RouteDeclaration(
        String id,
        String section,
        String field,
        List<HostPattern> hosts,
        @Nullable Set<String> listeners,
        List<Match> matches,
        List<Filter> filters,
        Target target,
        Timeouts timeouts,
        boolean fallback) {
    public RouteDeclaration {
        hosts = List.copyOf(hosts);
        listeners = listeners == null ? null : Set.copyOf(listeners);
        matches = List.copyOf(matches);
        filters = List.copyOf(filters);
    }

    /** Where a route goes. */
    public sealed interface Target {}

    /** To Services. */
    public record Backends(List<Backend> backends) implements Target {
        public Backends {
            backends = List.copyOf(backends);
        }
    }

    /** To nobody: the data plane answers. */
    public record Answer(Action action) implements Target {}

    /**
     * A Service and its share.
     *
     * @param refused why it cannot be used, whether it exists or not
     */
    public record Backend(
            ObjectRef service,
            Port port,
            int weight,
            String field,
            @Nullable String refused) {}

    /** A Service's port, by one of its names. */
    public record Port(@Nullable String name, int number) {
        @Override
        public String toString() {
            return name == null ? Integer.toString(number) : name;
        }
    }
}
