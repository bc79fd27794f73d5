package dev.portico.operator.status;

import dev.portico.operator.compile.Compiled;
import dev.portico.operator.compile.Table;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problem;
import dev.portico.operator.push.LinkState;
import dev.portico.routetable.Certificate;
import dev.portico.wire.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What replicas could not carry out: a taken port, a key that TLS refuses.
 *
 * @param listeners why, by data plane and id
 */
record Outcomes(Map<String, String> listeners, Set<RefusedCertificate> certificates) {
    static final Outcomes NONE = new Outcomes(Map.of(), Set.of());

    static Outcomes of(List<LinkState> links, Compiled compiled) {
        var listeners = new HashMap<String, String>();
        var certificates = new LinkedHashSet<RefusedCertificate>();
        for (LinkState link : links) {
            var dataPlane = link.replica().dataPlane();
            for (Answer.Outcome outcome : link.listeners()) {
                if (outcome.problem() != null) {
                    listeners.putIfAbsent(dataPlane + "/" + outcome.id(), why(link, outcome.problem()));
                }
            }
            var table = compiled.tables().getOrDefault(dataPlane, Table.EMPTY);
            for (Answer.Outcome outcome : link.certificates()) {
                if (outcome.problem() != null) {
                    refused(dataPlane, table, outcome.id(), why(link, outcome.problem()))
                            .ifPresent(certificates::add);
                }
            }
        }
        return new Outcomes(Map.copyOf(listeners), Set.copyOf(certificates));
    }

    private static String why(LinkState link, String problem) {
        return link.replica().name() + ": " + problem;
    }

    private static Optional<RefusedCertificate> refused(String dataPlane, Table table, String id, String why) {
        var key = "certificate/" + id;
        var section = table.section(key);
        return section != null && section.section() instanceof Certificate certificate
                ? Optional.of(new RefusedCertificate(dataPlane, id, certificate.listeners(), table.origins(key), why))
                : Optional.empty();
    }

    Optional<String> listener(String dataPlane, String id) {
        return Optional.ofNullable(listeners.get(dataPlane + "/" + id));
    }

    /** Why a certificate is not served that an object wants on a listener. */
    Optional<String> certificate(ObjectRef object, String dataPlane, String listener) {
        return certificates.stream()
                .filter(refused -> refused.dataPlane().equals(dataPlane)
                        && refused.listeners().contains(listener)
                        && refused.wants(object))
                .map(RefusedCertificate::message)
                .sorted()
                .findFirst();
    }

    /** The refused certificates, on the objects that want them. */
    List<Problem> problemsOfCertificates() {
        var problems = new ArrayList<Problem>();
        for (RefusedCertificate refused : certificates) {
            for (Origin origin : refused.origins()) {
                problems.add(new Problem(
                        origin.object(),
                        origin.object().kind().equals("Ingress") ? "spec.tls" : "spec.listeners",
                        "InvalidCertificateRef",
                        refused.message()));
            }
        }
        return problems;
    }

    /**
     * A certificate of a table with which a replica cannot serve.
     *
     * @param origins the objects that want it
     */
    record RefusedCertificate(String dataPlane, String id, List<String> listeners, List<Origin> origins, String why) {
        private boolean wants(ObjectRef object) {
            return origins.stream().anyMatch(origin -> origin.object().equals(object));
        }

        private String message() {
            return "certificate " + id + " is not served, expected a key and a chain that TLS takes; " + why;
        }
    }
}
