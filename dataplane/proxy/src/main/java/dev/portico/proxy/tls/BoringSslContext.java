package dev.portico.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions travel as tickets, sealed with keys that are this context's own: nothing is kept per client, and no other
 * listener, certificate or policy can open them. BoringSSL does not ask for the name, but resumes no session whose id
 * context differs from the connection's: that is the name's digest (RFC 6066 §3).
 */
final class BoringSslContext implements ServerContext {
    private final SslContext context;
    private final OpenSslServerSessionContext sessions;
    private final TicketKeys keys;
    private List<OpenSslSessionTicketKey> inUse = List.of();

    BoringSslContext(SslContext context, TicketKeys keys) {
        this.context = context;
        this.sessions = (OpenSslServerSessionContext) context.sessionContext();
        this.keys = keys;
        sessions.setSessionCacheEnabled(false);
    }

    /** One at a time: a connection takes the id context that all have at that moment, and keeps it. */
    @Override
    public synchronized SslHandler newHandler(ByteBufAllocator allocator, @Nullable String serverName) {
        List<OpenSslSessionTicketKey> now = keys.now();
        if (!now.equals(inUse)) {
            sessions.setTicketKeys(now.toArray(OpenSslSessionTicketKey[]::new));
            inUse = now;
        }
        var _ = sessions.setSessionIdContext(digest(serverName == null ? "" : serverName));
        return context.newHandler(allocator);
    }

    private static byte[] digest(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
