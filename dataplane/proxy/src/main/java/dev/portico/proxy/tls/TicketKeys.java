package dev.portico.proxy.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What BoringSSL seals sessions with that clients bring back as tickets (RFC 5077, RFC 8446 §4.6.1). A key seals for
 * one period and opens for one more: who steals it reads the sessions of that time and no others.
 */
final class TicketKeys {
    static final Duration PERIOD = Duration.ofHours(12);

    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();
    private long since;
    private List<OpenSslSessionTicketKey> keys;

    TicketKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        this.keys = List.of(fresh());
    }

    /** The key of this period and, if tickets were sealed in it, that of the former; the same list all period long. */
    List<OpenSslSessionTicketKey> now() {
        long periods = (nanoTime.getAsLong() - since) / PERIOD.toNanos();
        if (periods > 0) {
            keys = periods == 1 ? List.of(fresh(), keys.getFirst()) : List.of(fresh());
            since += periods * PERIOD.toNanos();
        }
        return keys;
    }

    private OpenSslSessionTicketKey fresh() {
        return new OpenSslSessionTicketKey(
                bytes(OpenSslSessionTicketKey.NAME_SIZE),
                bytes(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                bytes(OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
