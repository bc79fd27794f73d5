package dev.portico.routetable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards endpoints.
 *
 * @param serverName what is sent as SNI; absent: nothing
 * @param trust what endpoints must prove
 * @param identity what we show to endpoints that ask for it; absent: nothing
 */
public record UpstreamTls(
        @Nullable String serverName, Trust trust, @Nullable Identity identity, Tls.MinVersion minVersion) {
    /** What an endpoint must prove. */
    public sealed interface Trust permits Authorities, SystemAuthorities, Anybody {}

    /**
     * A certificate of one of these authorities, with one of these names.
     *
     * @param certificates PEM
     */
    public record Authorities(String certificates, List<Name> names) implements Trust {
        public Authorities {
            Check.text("certificates", certificates);
            names = named(names);
        }
    }

    /** A certificate that the data plane's own system trusts, with one of these names. */
    public record SystemAuthorities(List<Name> names) implements Trust {
        public SystemAuthorities {
            names = named(names);
        }
    }

    /** Nothing: whoever answers at the address is believed. */
    public record Anybody() implements Trust {}

    private static List<Name> named(List<Name> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names is empty, expected at least one");
        }
        return List.copyOf(names);
    }

    /** A subject alternative name (RFC 5280 §4.2.1.6); of a DNS name the leftmost label in the certificate may be {@code *}. */
    public record Name(Kind kind, String value) {
        public Name {
            Check.text("value", value);
        }

        /** What it names. */
        public enum Kind {
            DNS,
            URI
        }
    }

    /**
     * A certificate and its key.
     *
     * @param chain PEM, leaf first
     * @param privateKey PEM, PKCS #8, unencrypted
     */
    public record Identity(String chain, String privateKey) {
        public Identity {
            Check.text("chain", chain);
        }

        /** Without the key: a table may be printed. */
        @Override
        public String toString() {
            return "Identity[...]";
        }
    }
}
