package dev.portico.proxy.intake;

import dev.portico.proxy.runtime.Table;
import dev.portico.wire.Answer.Outcome;
import java.util.List;

/** Carries a compiled table out: sockets, certificates, and the swap itself. Called by one thread at a time. */
public interface Carrier {
    /**
     * Opens listeners, loads certificates, swaps the table in, closes what it no longer has; in this order, so that
     * nobody reaches a listener whose table is not there. Whatever cannot be carried out costs only itself.
     */
    Outcomes carry(Table table);

    /**
     * How it went.
     *
     * @param listeners each listener of the table
     * @param certificates each certificate that TLS refused
     */
    record Outcomes(List<Outcome> listeners, List<Outcome> certificates) {
        public static final Outcomes NONE = new Outcomes(List.of(), List.of());

        public Outcomes {
            listeners = List.copyOf(listeners);
            certificates = List.copyOf(certificates);
        }
    }
}
