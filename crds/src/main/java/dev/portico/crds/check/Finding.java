package dev.portico.crds.check;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an object.
 *
 * @param field path from the root of the object, as in {@code spec.listeners[0].port}; empty where it is the object itself
 * @param kind what kind of mistake it is
 * @param value what was found there, shortened; absent where nothing was
 * @param expectation what was expected instead
 */
public record Finding(String field, Kind kind, @Nullable String value, String expectation) {
    /** The API server's words for kinds of mistakes. */
    public enum Kind {
        INVALID("Invalid value"),
        /** The value has not even the right type, so that rules about it make no sense. */
        WRONG_TYPE("Invalid value"),
        REQUIRED("Required value"),
        UNSUPPORTED("Unsupported value"),
        DUPLICATE("Duplicate value"),
        TOO_LONG("Too long"),
        TOO_MANY("Too many"),
        UNKNOWN_FIELD("Unknown field"),
        /** The object as a whole cannot be taken. */
        REFUSED("Refused");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Whether rules about other fields cannot be trusted beside such a mistake, and so are not asked. */
        boolean blocksRules() {
            return switch (this) {
                case WRONG_TYPE, REQUIRED, UNSUPPORTED, TOO_LONG, TOO_MANY -> true;
                case INVALID, DUPLICATE, UNKNOWN_FIELD, REFUSED -> false;
            };
        }
    }

    /** The finding in the words of the API server. */
    public String message() {
        return switch (kind) {
            case UNKNOWN_FIELD -> "unknown field \"" + field + "\"";
            case REFUSED -> expectation;
            default ->
                field + ": " + kind.words + (value == null ? "" : ": " + value)
                        + (expectation.isEmpty() ? "" : ": " + expectation);
        };
    }
}
