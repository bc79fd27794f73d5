package dev.portico.operator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * How old an object is: of two that contradict each other the older wins, of equally old ones the first by namespace and
 * name.
 *
 * @param created RFC 3339 in UTC, as Kubernetes writes it, so that it sorts as text
 */
public record Age(String created, ObjectRef object) implements Comparable<Age> {
    public static Age of(HasMetadata object) {
        var created = object.getMetadata().getCreationTimestamp();
        return new Age(created == null ? "" : created, ObjectRef.of(object));
    }

    @Override
    public int compareTo(Age other) {
        var order = created.compareTo(other.created);
        return order != 0 ? order : object.compareTo(other.object);
    }
}
