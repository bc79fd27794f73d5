package dev.portico.routetable;

import java.util.List;

/**
 * A certificate with its key, and the names for which it answers on which listeners.
 *
 * @param names the server names (SNI); {@link HostPattern#ANY} also answers a client that names none
 * @param chain PEM, leaf first
 * @param privateKey PEM, PKCS #8, unencrypted
 */
public record Certificate(String id, List<String> listeners, List<HostPattern> names, String chain, String privateKey)
        implements Section {
    public Certificate {
        Check.text("id", id);
        listeners = List.copyOf(listeners);
        names = List.copyOf(names);
    }

    /** Without the key: a table may be printed. */
    @Override
    public String toString() {
        return "Certificate[id=" + id + ", listeners=" + listeners + ", names=" + names + "]";
    }

    @Override
    public String key() {
        return "certificate/" + id;
    }
}
