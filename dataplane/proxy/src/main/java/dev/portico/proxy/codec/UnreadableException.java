package dev.portico.proxy.codec;

/** A message cannot be read. Without a stack trace: it costs a peer nothing to make us throw it. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Unreadable why;

    UnreadableException(Unreadable why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    Unreadable why() {
        return why;
    }
}
