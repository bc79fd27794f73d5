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

/**
 * Carries tables out: certificates first, then what is no longer wanted goes, then the swap, and last sockets are
 * opened: so a listener is there only as long as the table that serves knows it.
 */
final class TableCarrier implements Carrier {
    private final Serving serving;
    private final Certificates certificates;
    private final Listeners listeners;
    private volatile boolean loaded;

    TableCarrier(Serving serving, Certificates certificates, Listeners listeners) {
        this.serving = serving;
        this.certificates = certificates;
        this.listeners = listeners;
    }

    /** Why nothing is served; null: something is. */
    @Nullable
    String obstacle() {
        if (!loaded) {
            return "no table is loaded";
        }
        List<Outcome> bound = listeners.outcomes();
        boolean none = !bound.isEmpty() && bound.stream().allMatch(outcome -> outcome.problem() != null);
        return none ? "no listener is bound" : null;
    }

    @Override
    public void carry(Table next) {
        Table former = serving.table();
        Collection<HttpListener> wanted = next.listeners();
        if (!next.hasTlsOf(former)) {
            certificates.use(certificates.get().next(wanted, next.certificates()));
        }
        listeners.closeOthers(wanted);
        serving.swap(next);
        listeners.open(wanted);
        loaded = true;
    }

    @Override
    public Outcomes outcomes() {
        return new Outcomes(listeners.outcomes(), problems(certificates.get()));
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
