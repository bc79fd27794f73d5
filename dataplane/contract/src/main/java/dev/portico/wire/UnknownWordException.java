package dev.portico.wire;

/** What was received says something that this release does not know. */
public final class UnknownWordException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownWordException(String message) {
        super(message);
    }
}
