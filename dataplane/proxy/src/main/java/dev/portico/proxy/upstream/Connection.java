package dev.portico.proxy.upstream;

/** A connection to an endpoint, in whatever protocol. Carries one attempt at a time, or many. */
interface Connection {
    /** How many more attempts it can carry now; 0 also where it is of no more use. */
    int room();

    /**
     * Begins an attempt, which gets its {@link Lease} by {@link Attempt#attached}. Only where there is {@link #room};
     * {@link Pool#release} is told when there is room again after there was none.
     */
    void carry(Attempt attempt);

    /** Whether it has carried nothing from that moment on, as {@link System#nanoTime}. */
    boolean isIdleSince(long moment);

    void close();
}
