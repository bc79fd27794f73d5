package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class ShortMemoryTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void idleConnectionsGoFirstAndRequestsAreStillServed() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient idle = front.client()) {
            assertThat(idle.send(GET).response()).startsWith("HTTP/1.1 200 ");
            front.uses(0.86);
            assertThat(idle.toEnd()).isEmpty();
            assertThat(front.ask(GET)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void thenNewRequestsAreRefusedUntilThereIsMemoryAgain() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            front.uses(0.93);
            // A request that has begun keeps the connection from those that go because they are idle.
            assertThat(client.send(GET + "GET / HTTP/1.1\r\n").response())
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("\r\nretry-after: 1\r\n");
            front.uses(0.5);
            assertThat(client.send("Host: a\r\n\r\n").response()).startsWith("HTTP/1.1 200 ");
            await().untilAsserted(() -> assertThat(front.reasons).containsExactly("overloaded_memory", "served"));
        }
    }

    @Test
    void aSilentWebSocketStaysWhereIdleConnectionsGoAndANewOneIsRefused() throws IOException {
        try (Origin origin = WebSocketTest.tunnel((in, out) -> in.transferTo(out));
                Front front = new Front(origin);
                RawClient stays = front.client()) {
            stays.send(WebSocketTest.ASK).until("\r\n\r\n");
            front.uses(0.93);
            assertThat(front.ask(WebSocketTest.ASK)).startsWith("HTTP/1.1 503 ");
            stays.socket.setSoTimeout(2_000);
            assertThatThrownBy(() -> stays.socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(stays.send("ping").until("ping")).isEqualTo("ping");
        }
    }

    @Test
    void atLastNobodyIsAcceptedUntilThereIsMemoryAgain() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin)) {
            front.uses(0.98);
            front.awaitPause();
            try (RawClient waits = front.client()) {
                waits.send(GET);
                waits.socket.setSoTimeout(300);
                assertThatThrownBy(() -> waits.socket.getInputStream().read())
                        .isInstanceOf(SocketTimeoutException.class);
                front.uses(0.5);
                waits.socket.setSoTimeout(10_000);
                assertThat(waits.response()).startsWith("HTTP/1.1 200 ");
            }
        }
    }
}
