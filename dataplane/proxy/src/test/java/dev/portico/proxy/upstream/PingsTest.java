package dev.portico.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.tls.Engine;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Timeouts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When an endpoint that says nothing is asked for a sign of life. */
class PingsTest {
    private static final Duration SILENCE = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void aSilentEndpointIsAskedOnceAndOnceMoreWhenItHasAnsweredSomething() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = way(new Pings(SILENCE, LONG, LONG), endpoint)) {
            CompletableFuture<HttpResponse<String>> held = hold(way);
            await().until(() -> endpoint.pings.get() == 1);
            await().during(Duration.ofSeconds(1)).until(() -> endpoint.pings.get() == 1);
            assertThat(way.get("/").statusCode()).isEqualTo(200);
            await().until(() -> endpoint.pings.get() == 2);
            await().during(Duration.ofSeconds(1)).until(() -> endpoint.pings.get() == 2);
            endpoint.answerHeld();
            assertThat(held.join().statusCode()).isEqualTo(200);
            assertThat(endpoint.connections).hasValue(1);
        }
    }

    @Test
    void anEndpointThatStaysSilentIsAskedAgainAfterAPause() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = way(new Pings(SILENCE, LONG, Duration.ofMillis(500)), endpoint)) {
            CompletableFuture<HttpResponse<String>> held = hold(way);
            await().until(() -> endpoint.pings.get() == 3);
            endpoint.answerHeld();
            assertThat(held.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionWithoutASignOfLifeIsClosed() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = way(new Pings(SILENCE, Duration.ofMillis(500), LONG), endpoint)) {
            assertThat(way.get("/deaf").statusCode()).isEqualTo(502);
            await().until(() -> way.reasons.contains("upstream_closed"));
            assertThat(way.get("/").statusCode()).isEqualTo(200);
            assertThat(endpoint.connections).hasValue(2);
        }
    }

    private static CompletableFuture<HttpResponse<String>> hold(Way way) {
        return way.client.sendAsync(way.request("/hold").build(), BodyHandlers.ofString());
    }

    private static Way way(Pings pings, Http2Endpoint endpoint) throws IOException {
        Duration seconds = Duration.ofSeconds(5);
        var limits = new UpstreamLimits(8, 8, seconds, seconds, seconds, pings);
        return new Way(Engine.jdk(), Timeouts.DEFAULT, limits, HttpVersion.HTTP2, null, endpoint.port());
    }
}
