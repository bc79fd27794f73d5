package dev.portico.routetable;

/** How a listener terminates TLS. Which certificate answers which name is said by {@link Certificate}. */
public record Tls(MinVersion minVersion) {
    /** The oldest version of TLS that is accepted. */
    public enum MinVersion {
        TLS_1_2,
        TLS_1_3
    }
}
