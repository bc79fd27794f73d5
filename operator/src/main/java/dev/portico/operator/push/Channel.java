package dev.portico.operator.push;

import dev.portico.wire.Answer;
import dev.portico.wire.Push;
import java.io.IOException;

/** A connection to one replica. Every method blocks, has a deadline, and throws when the replica gave no answer. */
interface Channel extends AutoCloseable {
    /** What it serves now. */
    Answer state() throws IOException, InterruptedException;

    Answer push(Push push) throws IOException, InterruptedException;

    /** What it serves, whoever pushed it. */
    Held held() throws IOException, InterruptedException;

    /** False once the connection is gone. */
    boolean isOpen();

    @Override
    void close();

    /** Opens channels; a channel that threw is closed and another opened. */
    interface Opener {
        /** @param onClosed called when the connection is gone, from any thread */
        Channel open(Replica replica, Runnable onClosed) throws IOException;
    }
}
