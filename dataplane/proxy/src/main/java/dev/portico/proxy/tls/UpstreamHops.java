package dev.portico.proxy.tls;

import dev.portico.proxy.upstream.EndpointTls;
import dev.portico.proxy.upstream.Hop;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.UpstreamTls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is spoken to upstreams; for each that asks for TLS a context, and one more that offers HTTP/1.1 alone. */
public final class UpstreamHops {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamHops.class);

    private final Engine engine;

    public UpstreamHops(Engine engine) {
        this.engine = engine;
    }

    /** Null where TLS refuses what all checks had let pass: such an upstream is asked nothing, least of all in plain text. */
    public @Nullable Hop of(Upstream upstream) {
        UpstreamTls tls = upstream.tls();
        if (tls == null) {
            return new Hop(upstream.protocol(), null);
        }
        try {
            return new Hop(upstream.protocol(), tls(tls, upstream.protocol()));
        } catch (UnusableException e) {
            LOG.error("upstream {} cannot be spoken to: {}", upstream.id(), e.getMessage());
            return null;
        }
    }

    private EndpointTls tls(UpstreamTls declared, @Nullable HttpVersion protocol) throws UnusableException {
        TrustManager trust = Trust.of(declared.trust());
        Credential credential = credential(declared.identity());
        SslContext usual = engine.context(
                trust,
                credential,
                declared.minVersion(),
                protocol == null ? List.of(HttpVersion.HTTP2, HttpVersion.HTTP1) : List.of(protocol));
        SslContext http1 = protocol == HttpVersion.HTTP1
                ? usual
                : engine.context(trust, credential, declared.minVersion(), List.of(HttpVersion.HTTP1));
        String serverName = declared.serverName();
        return (allocator, offered) -> {
            SslHandler handler = (offered == HttpVersion.HTTP1 ? http1 : usual).newHandler(allocator);
            // Whoever waits has a deadline for all of it.
            handler.setHandshakeTimeoutMillis(0);
            if (serverName != null) {
                SSLParameters parameters = handler.engine().getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(serverName)));
                handler.engine().setSSLParameters(parameters);
            }
            return handler;
        };
    }

    private static @Nullable Credential credential(UpstreamTls.@Nullable Identity identity) throws UnusableException {
        return identity == null ? null : Credential.of(identity.chain(), identity.privateKey());
    }
}
