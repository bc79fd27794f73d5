package dev.portico.operator.provision;

/** Makes data planes, or leaves that to others. */
public sealed interface Provisioning permits Provisioner, Provisioning.Elsewhere {
    /** Whether this process leads now: who does not, makes nothing. */
    void lead(boolean now);

    Progress progress();

    /** Data planes are there already. */
    record Elsewhere() implements Provisioning {
        @Override
        public void lead(boolean now) {}

        @Override
        public Progress progress() {
            return Progress.ELSEWHERE;
        }
    }
}
