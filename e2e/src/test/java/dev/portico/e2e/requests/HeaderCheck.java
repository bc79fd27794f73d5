package dev.portico.e2e.requests;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a header, or on a pseudo header such as {@code :path}.
 *
 * @param value exactly this; absent: any value, or none at all where {@code absent}
 */
public record HeaderCheck(String name, @Nullable String value, boolean absent) {
    /** What is wrong with the values that were found, if anything. */
    public Optional<String> refuse(List<String> found) {
        if (absent) {
            return found.isEmpty() ? Optional.empty() : Optional.of(name + " is " + found + ", expected none");
        }
        if (found.isEmpty()) {
            return Optional.of(name + " is missing, expected " + (value == null ? "any value" : value));
        }
        String joined = String.join(", ", found);
        return value == null || value.equals(joined)
                ? Optional.empty()
                : Optional.of(name + " is '" + joined + "', expected '" + value + "'");
    }
}
