package dev.portico.e2e.cluster.loss;

/** What happens while clients ask. It is over when its effects are. */
interface Event {
    /** The row of the table. */
    String name();

    /** Whether proxies end: then conversations may end as well, if they are ended as they should. */
    default boolean endsProxies() {
        return false;
    }

    /** Throws an assertion if anything but requests goes wrong. */
    void happen(Scene scene) throws Exception;
}
