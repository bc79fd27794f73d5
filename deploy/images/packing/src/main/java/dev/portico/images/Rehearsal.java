package dev.portico.images;

import java.util.List;

/** A day in the life of a program: what it needs around it, and what it is asked. */
interface Rehearsal extends AutoCloseable {
    /** With which the program is started. */
    List<String> arguments();

    /** Waits until the first request is served: the program is there. Fails at once when the process has ended. */
    void awaitServed(Process process) throws InterruptedException;

    /** Asks for all that the program does, one thing after the other, so that every time the same classes are loaded. */
    void perform() throws InterruptedException;

    @Override
    void close();
}
