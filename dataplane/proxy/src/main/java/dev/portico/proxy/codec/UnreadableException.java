package dev.portico.proxy.codec;

/** A message cannot be read. Without a stack trace: it costs a peer nothing to make us throw it. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Unreadable why;

    UnreadableException(Unreadable why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    /** For what another reader could take for something else. */
    static void unless(boolean holds) throws UnreadableException {
        if (!holds) {
            throw new UnreadableException(Unreadable.MALFORMED);
        }
    }

    Unreadable why() {
        return why;
    }
}
