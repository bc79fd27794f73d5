package dev.portico.proxy.intake;

import dev.portico.wire.Answer.Reason;

/** A push that is not taken. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    RefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static RefusedException malformed(String message) {
        return new RefusedException(Reason.MALFORMED, message);
    }

    Reason reason() {
        return reason;
    }
}
