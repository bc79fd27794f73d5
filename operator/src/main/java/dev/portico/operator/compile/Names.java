package dev.portico.operator.compile;

import dev.portico.operator.model.CertificateDeclaration;
import dev.portico.operator.model.ObjectRef;
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
import org.jspecify.annotations.Nullable;

/** Pass: every server name of a listener goes to one who asks for it, and every certificate gets its names. */
final class Names {
    private Names() {}

    /**
     * Who gets a name: the Gateway itself, else the oldest of the namespace whose host it is.
     *
     * @param owner whose host the name is; absent where nobody serves it
     */
    static @Nullable Claim winner(@Nullable ObjectRef owner, Collection<Claim> claims) {
        return claims.stream()
                .filter(claim -> !isForeign(owner, claim))
                .min(Claim::compareTo)
                .orElse(null);
    }

    /** What those are told who ask for a name that somebody else has, for another certificate. */
    static List<Problem> losers(
            CertificateKey key, @Nullable ObjectRef owner, @Nullable Claim winner, Collection<Claim> claims) {
        var problems = new ArrayList<Problem>();
        for (Claim claim : claims) {
            var object = claim.origin().object();
            if (owner != null && isForeign(owner, claim)) {
                problems.add(foreign(key.name(), owner, object, claim.field()));
            } else if (winner != null && !claim.secret().equals(winner.secret())) {
                problems.add(new Problem(
                        object,
                        claim.field(),
                        "Conflicted",
                        "TLS of " + key.name() + " is served with " + winner.secret() + " because of "
                                + winner.origin().object() + ", which is older or the Gateway itself"));
            }
        }
        return problems;
    }

    /** What is told to who asks for TLS of a host that belongs to another namespace. */
    static Problem foreign(HostPattern host, ObjectRef owner, ObjectRef object, String field) {
        return new Problem(
                object,
                field,
                "Conflicted",
                "TLS of " + host + " is for " + owner + " and its namespace to say, which had the host first,"
                        + " expected tls there");
    }

    private static boolean isForeign(@Nullable ObjectRef owner, Claim claim) {
        return owner != null
                && !claim.own()
                && !owner.namespace().equals(claim.origin().object().namespace());
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
