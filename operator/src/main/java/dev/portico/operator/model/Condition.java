package dev.portico.operator.model;

/** A condition of an object's status, but for the time of its last transition, which the status writer knows. */
public record Condition(String type, Status status, String reason, String message, long observedGeneration) {
    public static final String ACCEPTED = "Accepted";
    public static final String RESOLVED_REFS = "ResolvedRefs";
    public static final String PROGRAMMED = "Programmed";

    public static Condition yes(String type, long generation) {
        return new Condition(type, Status.TRUE, type, "", generation);
    }

    public static Condition yes(String type, String reason, String message, long generation) {
        return new Condition(type, Status.TRUE, reason, message, generation);
    }

    public static Condition no(String type, String reason, String message, long generation) {
        return new Condition(type, Status.FALSE, reason, message, generation);
    }

    /** How a condition stands; {@link #text} is what Kubernetes writes. */
    public enum Status {
        TRUE("True"),
        FALSE("False");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
