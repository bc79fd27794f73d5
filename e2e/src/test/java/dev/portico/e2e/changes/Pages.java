package dev.portico.e2e.changes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The files of the folder that is changed. */
final class Pages {
    private final int httpPort;
    private final int httpsPort;
    private final KeyPair key;

    Pages(int httpPort, int httpsPort) {
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A Gateway whose route /route answers with this number. */
    String gateway(int number) {
        return """
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge}
                spec:
                  listeners:
                  - {name: http, port: %d, protocol: HTTP}
                  - {name: https, port: %d, protocol: HTTPS, tls: {certificateRefs: [{name: localhost}]}}
                  routes:
                  - name: route
                    hostnames: [localhost]
                    matches: [{path: {type: PathPrefix, value: /route}}]
                    filters:
                    - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: X-Number, value: "%d"}]}}
                    backendRefs: [{name: steady, port: 80}]
                  - name: slice
                    hostnames: [localhost]
                    matches: [{path: {type: PathPrefix, value: /slice}}]
                    backendRefs: [{name: moving, port: 80}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: steady}
                spec: {ports: [{name: http, port: 80}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: moving}
                spec: {ports: [{name: http, port: 80}]}
                """.formatted(httpPort, httpsPort, number);
    }

    /** The endpoint of a Service. */
    static String slice(String service, int port) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: %s
                  labels: {kubernetes.io/service-name: %s}
                addressType: IPv4
                endpoints: [{addresses: [127.0.0.1]}]
                ports: [{name: http, port: %d}]
                """.formatted(service, service, port);
    }

    /** A certificate for localhost with this number. */
    String secret(int number) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: localhost}
                type: kubernetes.io/tls
                data:
                  tls.crt: %s
                  tls.key: %s
                """.formatted(
                        base64("CERTIFICATE", certificate(number)),
                        base64("PRIVATE KEY", key.getPrivate().getEncoded()));
    }

    private byte[] certificate(int number) {
        try {
            var name = new X500Principal("CN=localhost");
            var now = Instant.now();
            return new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(number),
                            Date.from(now.minus(Duration.ofHours(1))),
                            Date.from(now.plus(Duration.ofDays(1))),
                            name,
                            key.getPublic())
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(String type, byte[] der) {
        var pem = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
