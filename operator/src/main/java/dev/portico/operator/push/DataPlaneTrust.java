package dev.portico.operator.push;

import dev.portico.operator.identity.Authority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts servers of one data plane: the chain must end at Portico's authority and the certificate must name the data
 * plane. It stands in the place of host name verification, which knows no URIs: addresses of pods mean nothing.
 */
final class DataPlaneTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager chain;
    private final String name;

    private DataPlaneTrust(X509ExtendedTrustManager chain, String name) {
        this.chain = chain;
        this.name = name;
    }

    static DataPlaneTrust of(String authority, String dataPlane) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var pem = new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII));
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager chain) {
                return new DataPlaneTrust(chain, Authority.nameOf(dataPlane));
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
            throws CertificateException {
        chain.checkServerTrusted(certificates, type, engine);
        checkName(certificates[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket)
            throws CertificateException {
        chain.checkServerTrusted(certificates, type, socket);
        checkName(certificates[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type) throws CertificateException {
        chain.checkServerTrusted(certificates, type);
        checkName(certificates[0]);
    }

    private void checkName(X509Certificate certificate) throws CertificateException {
        try {
            if (!Authority.namesOf(certificate).contains(name)) {
                throw new CertificateException("the pod is " + Authority.namesOf(certificate) + ", expected " + name);
            }
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the pod's certificate has no readable name", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket)
            throws CertificateException {
        throw clientsAreNotTrusted();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
            throws CertificateException {
        throw clientsAreNotTrusted();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type) throws CertificateException {
        throw clientsAreNotTrusted();
    }

    private static CertificateException clientsAreNotTrusted() {
        return new CertificateException("the operator is nobody's server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain.getAcceptedIssuers();
    }
}
