package dev.portico.operator.source.secret;

/** A Secret that cannot be used; says where and why, and nothing of its content. */
public final class UnreadableSecretException extends Exception {
    private final String field;

    UnreadableSecretException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }

    /** Never null. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
