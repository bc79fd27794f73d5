package dev.portico.e2e.sockets;

import dev.portico.e2e.requests.Outcome;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** How one request ended; status 0 where there was no answer. */
record Answer(int status, HttpVersion version, MultiMap headers, String body, List<String> certificateNames) {
    static final Answer NONE = new Answer(0, HttpVersion.HTTP_1_1, MultiMap.caseInsensitiveMultiMap(), "", List.of());

    static Answer of(HttpClientResponse response, Buffer body) {
        return new Answer(
                response.statusCode(),
                response.version(),
                response.headers(),
                body.toString(),
                names(response.request().connection().sslSession()));
    }

    /** The head of a WebSocket names no service, its first message does. */
    Outcome outcome() {
        String service = status == 101 ? new JsonObject(body).getString("service") : headers.get(Echo.SERVICE);
        return status == 0 ? new Outcome.Closed() : new Outcome.Answered(status, service);
    }

    private static List<String> names(SSLSession session) {
        if (session == null) {
            return List.of();
        }
        try {
            Collection<List<?>> names =
                    ((X509Certificate) session.getPeerCertificates()[0]).getSubjectAlternativeNames();
            return names.stream().map(name -> String.valueOf(name.get(1))).toList();
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            throw new IllegalStateException(e);
        }
    }
}
