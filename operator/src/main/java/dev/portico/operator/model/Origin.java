package dev.portico.operator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object in one of its generations: what a section was made of, what a report speaks of. */
public record Origin(ObjectRef object, long generation) implements Comparable<Origin> {
    public static Origin of(HasMetadata object) {
        var generation = object.getMetadata().getGeneration();
        return new Origin(ObjectRef.of(object), generation == null ? 0 : generation);
    }

    @Override
    public int compareTo(Origin other) {
        return object.compareTo(other.object);
    }
}
