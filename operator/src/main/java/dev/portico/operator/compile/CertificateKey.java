package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.routetable.HostPattern;
import java.util.ArrayList;
import java.util.List;

/** A server name on a listener, which a Gateway has on its data plane. */
record CertificateKey(String dataPlane, ObjectRef gateway, String listener, HostPattern name) {
    /** The patterns whose routes serve the name, the most specific first; what serves every name is nobody's host. */
    List<HostKey> hosts() {
        var hosts = new ArrayList<HostKey>();
        if (name.kind() != HostPattern.Kind.ANY) {
            hosts.add(new HostKey(gateway, name));
            var parent = name.kind() == HostPattern.Kind.EXACT ? parent(name.name()) : name.name();
            if (name.kind() == HostPattern.Kind.EXACT && !parent.isEmpty()) {
                hosts.add(new HostKey(gateway, new HostPattern(HostPattern.Kind.ONE_LABEL, parent)));
            }
            for (; !parent.isEmpty(); parent = parent(parent)) {
                hosts.add(new HostKey(gateway, new HostPattern(HostPattern.Kind.LABELS, parent)));
            }
        }
        return hosts;
    }

    private static String parent(String name) {
        var dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }
}
