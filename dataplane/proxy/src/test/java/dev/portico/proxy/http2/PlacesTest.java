package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.upstream.UpstreamLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has a place at an endpoint of which there are not enough for all. */
final class PlacesTest {
    private final Origin origin = new Origin();

    PlacesTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        origin.close();
    }

    @Test
    void allStreamsOfAConnectionHaveAPlaceHoweverManyLoopsThereAre() throws IOException {
        try (var gateway = new Gateway(origin, UpstreamLimits.ofLoops(64));
                var client = RawClient.greeting(gateway.port())) {
            for (int n = 0; n < 100; n++) {
                client.headers(2 * n + 1, true, Fields.request("GET", "/slow"));
            }
            client.flush();
            await().untilAsserted(() -> assertThat(origin.heads).hasSize(100));
            origin.gate.countDown();
            assertThat(client.statuses(100)).containsOnly("200");
        }
    }

    @Test
    void aClientThatDoesNotReadGivesItsPlaceToWhoWaitsAndNoneMoreThanWait() throws IOException {
        try (var gateway = new Gateway(origin, places(2));
                var first = RawClient.greeting(gateway.port());
                var second = RawClient.greeting(gateway.port());
                var good = RawClient.greeting(gateway.port())) {
            for (RawClient unreading : List.of(first, second)) {
                unreading.keepWindowsShut();
                unreading.headers(1, true, Fields.request("GET", "/large")).flush();
                assertThat(unreading.head(1).status()).isEqualTo("200");
            }
            assertThat(good.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
            assertThat(gateway.reasons).containsExactly("client_too_slow");
            await().during(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(gateway.leases().leased()).isOne());
        }
    }

    @Test
    void aCallWhoseClientDoesNotReadIsResetAndNotToldAnythingMore() throws IOException {
        try (var gateway = new Gateway(origin, places(1));
                var unreading = RawClient.greeting(gateway.port());
                var good = RawClient.greeting(gateway.port())) {
            unreading.keepWindowsShut();
            unreading
                    .headers(1, true, Fields.request("POST", "/talk-much", "content-type", "application/grpc"))
                    .flush();
            assertThat(unreading.head(1).status()).isEqualTo("200");
            assertThat(good.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
            assertThat(gateway.reasons).containsExactly("client_too_slow");
            assertThat(unreading.next(Frame.RST_STREAM).stream()).isEqualTo(1);
        }
    }

    private static UpstreamLimits places(int connections) {
        UpstreamLimits usual = UpstreamLimits.ofLoops(1);
        return new UpstreamLimits(connections, 4, usual.acquire(), usual.connect(), usual.idle(), usual.pings());
    }
}
