package dev.portico.operator.compile;

import dev.portico.operator.model.CertificateDeclaration;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problem;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.HostPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Pass: every server name of a listener goes to the first who asks for it, and every certificate gets its names. */
final class Names {
    private Names() {}

    /** What those are told who ask for a name that somebody else has, for another certificate. */
    static List<Problem> losers(CertificateKey key, Claim winner, Collection<Claim> claims) {
        var problems = new ArrayList<Problem>();
        for (Claim claim : claims) {
            if (!claim.secret().equals(winner.secret())) {
                problems.add(new Problem(
                        claim.origin().object(),
                        claim.field(),
                        "Conflicted",
                        "TLS of " + key.name() + " is served with " + winner.secret() + " because of "
                                + winner.origin().object() + ", which is older or the Gateway itself"));
            }
        }
        return problems;
    }

    /** A certificate's sections: one for all listeners on which it has the same names. */
    static List<Placed> sections(
            SecretKey key, CertificateDeclaration certificate, Set<CertificateKey> names, List<Origin> origins) {
        var byListener = new TreeMap<String, TreeSet<HostPattern>>();
        names.forEach(name -> byListener
                .computeIfAbsent(name.listener(), _ -> new TreeSet<>())
                .add(name.name()));
        var sharing = new TreeMap<String, List<String>>();
        byListener.forEach((listener, hosts) -> sharing.computeIfAbsent(hosts.toString(), _ -> new ArrayList<>())
                .add(listener));
        return sharing.values().stream()
                .map(listeners -> new Placed(
                        key.dataPlane(),
                        Table.Entry.of(
                                new Certificate(
                                        key.secret().namespace() + "/"
                                                + key.secret().name() + "@" + String.join("+", listeners),
                                        listeners,
                                        List.copyOf(byListener.getOrDefault(listeners.getFirst(), new TreeSet<>())),
                                        certificate.chain(),
                                        certificate.privateKey()),
                                origins)))
                .toList();
    }
}
