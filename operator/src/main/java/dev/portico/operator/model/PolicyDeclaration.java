package dev.portico.operator.model;

import dev.portico.routetable.RateLimit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a RateLimit declares. Where there are problems its limits are not all of what the user wanted, and what it covers
 * must be closed.
 *
 * @param replaceable whether a more specific policy may replace a limit by one of the same name
 */
public record PolicyDeclaration(
        Origin origin, Age age, List<Target> targets, boolean replaceable, List<Limit> limits, List<Problem> problems) {
    public PolicyDeclaration {
        targets = List.copyOf(targets);
        limits = List.copyOf(limits);
        problems = List.copyOf(problems);
    }

    /** What a policy is aimed at. */
    public record Target(ObjectRef object, @Nullable String section, String field) {
        /** Whether both are aimed at the same, and neither is more specific. */
        public boolean equalsPlace(Target other) {
            return object.equals(other.object) && Objects.equals(section, other.section);
        }

        @Override
        public String toString() {
            return object.kind() + "/" + object.name() + (section == null ? "" : "/" + section);
        }
    }

    /**
     * A limit.
     *
     * @param word its {@code id} is only the limit's name: counters are per target, which compile adds
     */
    public record Limit(String name, RateLimit word) {}
}
