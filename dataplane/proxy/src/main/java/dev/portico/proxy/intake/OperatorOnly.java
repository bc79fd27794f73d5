package dev.portico.proxy.intake;

import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Whether the other end is the operator. That its certificate is the CA's and for clients was checked by TLS. */
final class OperatorOnly {
    static final String NAME = "portico://operator";
    private static final int URI = 6;

    private OperatorOnly() {}

    static boolean isOperator(HttpConnection connection) {
        SSLSession session = connection.sslSession();
        try {
            return session != null
                    && session.getPeerCertificates()[0] instanceof X509Certificate leaf
                    && names(leaf).contains(List.of(URI, NAME));
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return false;
        }
    }

    private static Collection<List<?>> names(X509Certificate leaf) throws CertificateParsingException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        return names == null ? List.of() : names;
    }
}
