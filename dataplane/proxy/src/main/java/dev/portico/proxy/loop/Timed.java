package dev.portico.proxy.loop;

/** Something that must not last for ever. Belongs to one {@link Sweep} at a time. */
public abstract class Timed {
    /** Where the sweep keeps it; -1 where none does. */
    int place = -1;

    /**
     * Asked ten times a second on the event loop.
     *
     * @param now {@link System#nanoTime}
     */
    protected abstract void check(long now);
}
