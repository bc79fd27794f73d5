package dev.portico.proxy.tls;

import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.UpstreamTls.Name;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Believes an endpoint whose certificate comes from the right authority and has one of the right names (RFC 9525). */
final class Trust extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;

    private final X509ExtendedTrustManager authorities;
    private final List<Name> names;

    private Trust(X509ExtendedTrustManager authorities, List<Name> names) {
        this.authorities = authorities;
        this.names = names;
    }

    static TrustManager of(UpstreamTls.Trust declared) throws UnusableException {
        return switch (declared) {
            case UpstreamTls.Authorities own -> new Trust(authorities(keyStore(own.certificates())), own.names());
            case UpstreamTls.SystemAuthorities system -> new Trust(authorities(null), system.names());
            case UpstreamTls.Anybody _ -> InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0];
        };
    }

    private static KeyStore keyStore(String pem) throws UnusableException {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
            if (certificates.isEmpty()) {
                throw new UnusableException("there is no certificate of an authority, expected PEM");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("" + store.size(), certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableException("the certificates of authorities cannot be read: " + e.getMessage());
        }
    }

    /** @param store absent: what the system trusts */
    private static X509ExtendedTrustManager authorities(@Nullable KeyStore store) throws UnusableException {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager usable) {
                    return usable;
                }
            }
            throw new UnusableException("this JVM verifies no certificates");
        } catch (GeneralSecurityException e) {
            throw new UnusableException("the certificates of authorities cannot be used: " + e.getMessage());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, engine);
        checkName(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, socket);
        checkName(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkServerTrusted(chain, authType);
        checkName(chain[0]);
    }

    private void checkName(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.get(0) instanceof Integer kind && alternative.get(1) instanceof String value) {
                    for (Name name : names) {
                        if (matches(name, kind, value)) {
                            return;
                        }
                    }
                }
            }
        }
        throw new CertificateException("the certificate has none of the names " + names);
    }

    private static boolean matches(Name name, int kind, String value) {
        return switch (name.kind()) {
            case DNS -> kind == DNS_NAME && matchesDns(name.value(), value.toLowerCase(Locale.ROOT));
            case URI -> kind == URI_NAME && name.value().equals(value);
        };
    }

    /** A {@code *} stands for one whole label, and for no top level. */
    private static boolean matchesDns(String name, String certified) {
        if (!certified.startsWith("*.")) {
            return certified.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0
                && certified.indexOf('.', 2) > 0
                && certified.substring(1).equals(name.substring(dot));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("endpoints are servers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("endpoints are servers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("endpoints are servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
