package dev.portico.proxy.intake;

import dev.portico.proxy.runtime.Table;
import dev.portico.wire.Answer.Outcome;
import java.util.List;

/** Carries a compiled table out: sockets, certificates, and the swap itself. Called by one thread at a time. */
public interface Carrier {
    /**
     * Loads certificates, closes what the table no longer has, swaps it in, opens its listeners; in this order, so that
     * nobody reaches a listener whose table is not there. Whatever cannot be carried out costs only itself.
     */
    void carry(Table table);

    /** How it went, as it is now: a port may have become free since, and a certificate may have been refused late. */
    Outcomes outcomes();

    /**
     * How it went.
     *
     * @param listeners each listener of the table
     * @param certificates each certificate that TLS refused
     */
    record Outcomes(List<Outcome> listeners, List<Outcome> certificates) {
        public Outcomes {
            listeners = List.copyOf(listeners);
            certificates = List.copyOf(certificates);
        }
    }
}
