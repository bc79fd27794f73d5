package dev.portico.proxy.listener;

/** How urgently a connection is asked to end; each is asked after the one before it. */
enum Farewell {
    /** Soon, without cutting anything off. */
    SOON,
    /** As soon as no request runs. */
    IDLE,
    /** At once: requests that run are answered with what can still be said. */
    NOW
}
