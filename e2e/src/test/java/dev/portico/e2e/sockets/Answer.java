package dev.portico.e2e.sockets;

import dev.portico.e2e.requests.GrpcCode;
import dev.portico.e2e.requests.Outcome;
import dev.portico.echo.Echo;
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
record Answer(
        int status,
        HttpVersion version,
        MultiMap headers,
        MultiMap trailers,
        String body,
        List<String> certificateNames) {
    static final Answer NONE = new Answer(
            0,
            HttpVersion.HTTP_1_1,
            MultiMap.caseInsensitiveMultiMap(),
            MultiMap.caseInsensitiveMultiMap(),
            "",
            List.of());

    static Answer of(HttpClientResponse response, Buffer body) {
        return new Answer(
                response.statusCode(),
                response.version(),
                response.headers(),
                response.trailers(),
                body.toString(),
                names(response.request().connection().sslSession()));
    }

    /** The head of a WebSocket names no service, its first message does. */
    Outcome outcome() {
        String service = status == 101 ? new JsonObject(body).getString("service") : headers.get(Echo.SERVICE);
        return status == 0 ? new Outcome.Closed() : new Outcome.Answered(status, service);
    }

    /** As of a call of gRPC: the message without its frame, the code out of the trailers, or the head where there are none. */
    Answer call() {
        String message = body.length() < Grpc.FRAME ? body : body.substring(Grpc.FRAME);
        return new Answer(status, version, headers, trailers, message, certificateNames);
    }

    Outcome called() {
        String head = headers.get(Grpc.STATUS);
        String code = head == null ? trailers.get(Grpc.STATUS) : head;
        return status == 200 && code != null
                ? new Outcome.Called(GrpcCode.numbered(code), headers.get(Echo.SERVICE))
                : outcome();
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
