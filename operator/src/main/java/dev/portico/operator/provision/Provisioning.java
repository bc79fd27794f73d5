package dev.portico.operator.provision;

import java.util.Map;

/** Makes data planes, or leaves that to others. */
public sealed interface Provisioning permits Provisioner, Provisioning.Elsewhere {
    /** Whether this process leads now: who does not, makes nothing. */
    void lead(boolean now);

    /** Why data planes cannot be made as their Gateways say, by their ids, in the API server's words. */
    Map<String, String> refusals();

    /** Data planes are there already. */
    record Elsewhere() implements Provisioning {
        @Override
        public void lead(boolean now) {}

        @Override
        public Map<String, String> refusals() {
            return Map.of();
        }
    }
}
