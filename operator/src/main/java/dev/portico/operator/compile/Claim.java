package dev.portico.operator.compile;

import dev.portico.operator.model.Age;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;

/**
 * An object's wish that a Secret's certificate answers for a name.
 *
 * @param own whether the object is the Gateway itself
 */
record Claim(Origin origin, Age age, boolean own, ObjectRef secret, String field) implements Comparable<Claim> {
    @Override
    public int compareTo(Claim other) {
        return own == other.own ? age.compareTo(other.age) : own ? -1 : 1;
    }
}
