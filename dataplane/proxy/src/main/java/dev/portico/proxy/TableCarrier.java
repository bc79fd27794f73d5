package dev.portico.proxy;

import dev.portico.proxy.intake.Carrier;
import dev.portico.proxy.listener.Listeners;
import dev.portico.proxy.runtime.Serving;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.routetable.HttpListener;
import dev.portico.wire.Answer.Outcome;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries tables out: certificates first, then sockets, then the swap, and last what is no longer wanted goes. */
final class TableCarrier implements Carrier {
    private final Serving serving;
    private final Certificates certificates;
    private final Listeners listeners;
    private volatile @Nullable String obstacle = "no table is loaded";

    TableCarrier(Serving serving, Certificates certificates, Listeners listeners) {
        this.serving = serving;
        this.certificates = certificates;
        this.listeners = listeners;
    }

    /** Why nothing is served; null: something is. */
    @Nullable
    String obstacle() {
        return obstacle;
    }

    @Override
    public Outcomes carry(Table next) {
        Table former = serving.table();
        Collection<HttpListener> wanted = next.listeners();
        if (!next.hasTlsOf(former)) {
            certificates.use(certificates.get().next(wanted, next.certificates()));
        }
        List<Outcome> bound = listeners.open(wanted);
        serving.swap(next);
        listeners.closeOthers(wanted);
        boolean none = !bound.isEmpty() && bound.stream().allMatch(outcome -> outcome.problem() != null);
        obstacle = none ? "no listener is bound" : null;
        return new Outcomes(bound, problems(certificates.get()));
    }

    private static List<Outcome> problems(TlsTable tls) {
        return tls.problems().entrySet().stream()
                .map(problem -> new Outcome(problem.getKey(), problem.getValue()))
                .toList();
    }

    /** The certificates that serve. */
    static final class Certificates {
        private volatile TlsTable table;

        Certificates(TlsTable first) {
            this.table = first;
        }

        TlsTable get() {
            return table;
        }

        private void use(TlsTable next) {
            table = next;
        }
    }
}
