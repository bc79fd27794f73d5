package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestPorts;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.ResponseHead;
import dev.portico.proxy.pipeline.Stage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A mistake in a stage costs the requests that meet it, and nobody else anything. */
class BrokenStageTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final class Broken implements Stage {
        @Override
        public void response(Exchange exchange, ResponseHead head) {
            throw new IllegalStateException("a mistake in a stage, as this test wants it");
        }
    }

    @Test
    void anAnswerOfOurOwnThatFailsCutsTheConnection() throws IOException {
        try (Front front = new Front(new Broken(), TestPorts.free());
                RawClient client = front.client()) {
            assertThat(client.send(GET).toEnd()).isEmpty();
            assertThat(front.reasons).containsExactly("connect_failed");
            assertThat(front.leased()).isZero();
        }
    }

    @Test
    void aWebSocketThatFailsToBeginIsCutOnBothSides() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, WebSocketTest.SWITCH);
                    socket.getInputStream().readAllBytes();
                });
                Front front = new Front(new Broken(), origin.port());
                RawClient client = front.client()) {
            assertThat(client.send(WebSocketTest.ASK).toEnd()).isEmpty();
            await().until(() -> front.leased() == 0 && front.tunnels.get() == 0);
            await().untilAsserted(() -> assertThat(front.reasons).containsExactly("internal_error"));
        }
    }

    @Test
    void anEndpointsAnswerThatFailsCutsTheConnection() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(new Broken(), origin.port());
                RawClient client = front.client()) {
            assertThat(client.send(GET).toEnd()).isEmpty();
            await().until(() -> front.leased() == 0 && front.reasons.size() == 1);
        }
    }
}
