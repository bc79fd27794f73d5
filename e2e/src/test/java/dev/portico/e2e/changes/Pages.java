package dev.portico.e2e.changes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The files of the folder that is changed. */
final class Pages {
    private final int httpPort;
    private final int httpsPort;
    private final Certificates certificates = new Certificates("localhost");

    Pages(int httpPort, int httpsPort) {
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
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
                """.formatted(base64(certificates.certificate(number)), base64(certificates.key()));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
