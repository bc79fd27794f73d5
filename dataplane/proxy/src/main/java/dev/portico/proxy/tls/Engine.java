package dev.portico.proxy.tls;

import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who does the cryptography: BoringSSL where it loads, a fifth of the CPU per handshake; the JDK elsewhere. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    /** Mozilla's "intermediate" (5.7) without DHE. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    /**
     * Netty hands keys over in a key store of the moment. The default, PKCS #12, protects them by ten thousand rounds of
     * hashing, which an event loop would wait for; JKS does not.
     */
    private static final String KEY_STORE = "JKS";
    /** Of the JDK's cache, for each context: for the few clients that take no tickets. */
    private static final int SESSIONS = 256;

    private final SslProvider provider;
    private final LongSupplier nanoTime;

    private Engine(SslProvider provider, LongSupplier nanoTime) {
        this.provider = provider;
        this.nanoTime = nanoTime;
    }

    /** The best engine of this machine. */
    public static Engine best() {
        return best(System::nanoTime);
    }

    /** @param nanoTime by which tickets age */
    static Engine best(LongSupplier nanoTime) {
        if (OpenSsl.isAvailable()) {
            LOG.info("TLS by {}", OpenSsl.versionString());
            return new Engine(SslProvider.OPENSSL, nanoTime);
        }
        LOG.warn("TLS by the JDK, BoringSSL did not load: {}", String.valueOf(OpenSsl.unavailabilityCause()));
        return new Engine(SslProvider.JDK, nanoTime);
    }

    /** The JDK's engine. */
    public static Engine jdk() {
        return new Engine(SslProvider.JDK, System::nanoTime);
    }

    /** Refuses an OpenSSL error as well: whatever goes wrong is the certificate's problem and nobody else's. */
    ServerContext context(Credential credential, HttpListener listener, Tls tls) throws UnusableException {
        try {
            SslContext context = SslContextBuilder.forServer(
                            credential.key(), credential.chain().toArray(X509Certificate[]::new))
                    .keyStoreType(KEY_STORE)
                    .sslProvider(providerFor(credential))
                    .protocols(protocols(tls.minVersion()))
                    .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(alpn(listener.versions()))
                    .sessionCacheSize(SESSIONS)
                    .build();
            return context.sessionContext() instanceof OpenSslServerSessionContext
                    ? new BoringSslContext(context, new TicketKeys(nanoTime))
                    : new JdkContext(context);
        } catch (SSLException | IllegalArgumentException e) {
            throw new UnusableException("TLS refuses it: " + e.getMessage());
        }
    }

    /** Towards endpoints. Names are verified by the trust manager: a server's certificate may be known by another name than SNI. */
    SslContext context(
            TrustManager trust, @Nullable Credential credential, Tls.MinVersion minVersion, List<HttpVersion> versions)
            throws UnusableException {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .trustManager(trust)
                    .endpointIdentificationAlgorithm(null)
                    .sslProvider(credential == null ? provider : providerFor(credential))
                    .protocols(protocols(minVersion))
                    .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(alpn(versions));
            if (credential != null) {
                builder.keyStoreType(KEY_STORE)
                        .keyManager(credential.key(), credential.chain().toArray(X509Certificate[]::new));
            }
            SslContext context = builder.build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                sessions.setSessionCacheEnabled(false);
            }
            return context;
        } catch (SSLException | IllegalArgumentException e) {
            throw new UnusableException("TLS refuses it: " + e.getMessage());
        }
    }

    /** Netty knows no way to hand BoringSSL an Ed25519 key: the few of them are served by the JDK. */
    private SslProvider providerFor(Credential credential) {
        return credential.key() instanceof EdECKey ? SslProvider.JDK : provider;
    }

    private static List<String> protocols(Tls.MinVersion minVersion) {
        return switch (minVersion) {
            case TLS_1_2 -> List.of("TLSv1.3", "TLSv1.2");
            case TLS_1_3 -> List.of("TLSv1.3");
        };
    }

    private static ApplicationProtocolConfig alpn(List<HttpVersion> versions) {
        var names = new ArrayList<String>();
        if (versions.contains(HttpVersion.HTTP2)) {
            names.add(ApplicationProtocolNames.HTTP_2);
        }
        if (versions.contains(HttpVersion.HTTP1)) {
            names.add(ApplicationProtocolNames.HTTP_1_1);
        }
        return new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, names);
    }
}
