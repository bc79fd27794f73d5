package dev.portico.operator.compile;

import dev.portico.operator.model.Age;
import dev.portico.operator.model.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one object says about a host pattern of a Gateway.
 *
 * @param own whether the object is the Gateway itself, which goes before all that attach to it
 * @param listeners on which the pattern has to be there, be it without routes
 * @param tls the field because of which plain requests belong on TLS
 */
record Contribution(
        Origin origin,
        Age age,
        boolean own,
        String dataPlane,
        List<BoundListener> listeners,
        List<Candidate> candidates,
        @Nullable String tls)
        implements Comparable<Contribution> {
    @Override
    public int compareTo(Contribution other) {
        return own == other.own ? age.compareTo(other.age) : own ? -1 : 1;
    }
}
