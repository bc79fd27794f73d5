package dev.portico.operator.model;

/**
 * What a user got wrong. It costs the object that says it, and no other.
 *
 * @param object the object to mend
 * @param field the path of the field to mend, as in {@code spec.rules[0].host}
 * @param reason one CamelCase word, as in conditions and Events
 * @param message what was found and what was expected
 */
public record Problem(ObjectRef object, String field, String reason, String message) {
    /** As its object tells it, in a condition or an Event. */
    public String text() {
        return field.isEmpty() ? message : field + ": " + message;
    }

    @Override
    public String toString() {
        return object + " " + field + ": " + message + " (" + reason + ")";
    }
}
