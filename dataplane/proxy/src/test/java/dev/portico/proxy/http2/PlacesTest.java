package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.upstream.UpstreamLimits;
import java.io.IOException;
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
}
