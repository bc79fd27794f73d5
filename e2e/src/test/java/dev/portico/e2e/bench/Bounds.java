package dev.portico.e2e.bench;

import java.util.List;
import java.util.stream.Collectors;

/** All that a page of results promises. */
public record Bounds(List<Bound> all) {
    /** What a command ends with: 1 where one of them is broken. */
    public int exitCode() {
        return all.stream().allMatch(Bound::holds) ? 0 : 1;
    }

    /** A table. */
    @Override
    public String toString() {
        return """
                | | measured | at most | holds |
                |---|---|---|---|
                %s
                """.formatted(all.stream().map(Bound::toString).collect(Collectors.joining("\n")));
    }
}
