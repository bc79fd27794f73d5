package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that say no more and listen, and peers that only look like it. */
@Timeout(60)
class HalfCloseTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    /** How long after its request a client that says no more is taken for one that waits. */
    private static final Duration BELIEVED = Duration.ofSeconds(1);

    @Test
    void aClientThatSaysNoMoreGetsWhatItAskedFor() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient one = front.client();
                RawClient several = front.client()) {
            one.send(GET).socket.shutdownOutput();
            assertThat(one.toEnd())
                    .startsWith("HTTP/1.1 200")
                    .contains("connection: close")
                    .endsWith("ok");
            several.send(GET + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok" + GET)
                    .socket
                    .shutdownOutput();
            assertThat(several.toEnd().split("HTTP/1.1 200", -1)).hasSize(4);
            assertThat(origin.heads).hasSize(4);
            assertThat(front.reasons).containsOnly("served");
        }
    }

    @Test
    void aClientThatSaysNoMoreGetsAllAnswersThatNoEndpointIsAskedFor() throws IOException {
        int requests = 2_000;
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            front.uses(0.93);
            client.send(GET.repeat(requests)).socket.shutdownOutput();
            assertThat(client.toEnd().split("HTTP/1.1 503", -1)).hasSize(requests + 1);
        }
    }

    @Test
    void aClientThatSaysNoMoreGetsAnAnswerThatFitsIntoNoBuffer() throws IOException {
        int size = 16 * 1024 * 1024;
        try (Origin origin = Origin.bySize();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(get(size)).socket.shutdownOutput();
            client.until("\r\n\r\n");
            assertThat(client.socket.getInputStream().readAllBytes()).hasSize(size);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsStillReadingGetsAllOfItsAnswerWhoeverEnds(boolean client) throws IOException {
        Map<RawClient, Integer> answered = new LinkedHashMap<>();
        try (Origin origin = Origin.bySize();
                Front front = new Front(origin)) {
            // Of the last of those that fit into the buffers on the way, a rest does not fit into those of the kernel.
            boolean fits = true;
            for (int size = 128 * 1024; fits; size += 32 * 1024) {
                RawClient reader = front.client();
                reader.send(get(size)).until("\r\n\r\n");
                long asked = System.nanoTime();
                int all = answered.size() + 1;
                await().until(() -> front.reasons.size() == all
                        || System.nanoTime() - asked > Duration.ofSeconds(1).toNanos());
                fits = front.reasons.size() == all;
                if (fits) {
                    answered.put(reader, size);
                } else {
                    reader.close();
                }
            }
            assertThat(answered).isNotEmpty();
            if (client) {
                for (RawClient reader : answered.keySet()) {
                    reader.socket.shutdownOutput();
                }
            } else {
                front.listeners.closeOthers(List.of());
            }
            for (var reader : answered.entrySet()) {
                assertThat(reader.getKey().socket.getInputStream().readAllBytes())
                        .hasSize(reader.getValue());
                reader.getKey().close();
            }
        }
    }

    private static String get(int size) {
        return "GET /" + size + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    @Test
    void aClientThatSaysNoMoreInTheMiddleOfARequestIsGone() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient head = front.client();
                RawClient body = front.client()) {
            head.send("GET / HT").socket.shutdownOutput();
            assertThat(head.toEnd()).isEmpty();
            body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nok")
                    .socket
                    .shutdownOutput();
            assertThat(body.toEnd()).isEmpty();
            await().until(() -> front.reasons.equals(List.of("client_closed")) && front.leased() == 0);
        }
    }

    private static void passes(Duration time) {
        long from = System.nanoTime();
        await().until(() -> System.nanoTime() - from > time.toNanos());
    }

    @Test
    void aClientThatLeavesAfterAWhileIsNotWaitedFor() throws IOException {
        var left = new CountDownLatch(1);
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    socket.getInputStream().readAllBytes();
                    left.countDown();
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(GET);
            // Its time begins when the loop next looks.
            passes(BELIEVED.multipliedBy(2));
            client.socket.close();
            // It would be waited for 5 s, were it taken for one that only says no more.
            await().atMost(Duration.ofSeconds(4)).until(() -> left.getCount() == 0);
            await().untilAsserted(() -> assertThat(front.reasons).containsExactly("client_closed"));
        }
    }

    @Test
    void aClientThatSaysNoMoreInTheMiddleOfItsAnswerGetsTheRest() throws IOException {
        var goesOn = new CountDownLatch(1);
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                    await().until(() -> goesOn.getCount() == 0);
                    Origin.answer(socket, "world");
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(GET).until("hello");
            passes(BELIEVED.multipliedBy(2));
            client.socket.shutdownOutput();
            await().during(Duration.ofMillis(500)).until(front.reasons::isEmpty);
            goesOn.countDown();
            assertThat(client.toEnd()).isEqualTo("world");
            assertThat(client.wasReset).isFalse();
            await().untilAsserted(() -> assertThat(front.reasons).containsExactly("served"));
        }
    }

    @Test
    void aClientThatLeftInTheMiddleOfItsAnswerIsNoticedWhenMoreOfItComes() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nhello");
                    while (true) {
                        passes(Duration.ofMillis(50));
                        Origin.answer(socket, "more");
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(GET).until("hello");
            client.socket.close();
            await().untilAsserted(() -> assertThat(front.reasons).containsExactly("client_closed"));
            await().until(() -> front.leased() == 0);
        }
    }

    @Test
    void anEndpointThatSaysNoMoreAfterItsAnswerHasAnswered() throws IOException {
        try (Origin framed = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                });
                Origin toTheEnd = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\n\r\nok");
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                });
                Front front = new Front(framed, toTheEnd);
                RawClient client = front.client()) {
            for (int i = 0; i < 6; i++) {
                assertThat(client.send(GET).response())
                        .startsWith("HTTP/1.1 200")
                        .contains("ok");
            }
            assertThat(front.reasons).containsOnly("served");
        }
    }

    @Test
    void eventsArriveOneByOne() throws IOException, InterruptedException {
        var seen = new java.util.concurrent.Semaphore(0);
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(
                            socket,
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int i = 0; i < 3; i++) {
                        Origin.answer(socket, "9\r\ndata: " + i + "\n\n\r\n");
                        seen.acquireUninterruptibly();
                    }
                    Origin.answer(socket, "0\r\n\r\n");
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(GET).until("\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                assertThat(client.until("\n\n\r\n")).isEqualTo("9\r\ndata: " + i + "\n\n\r\n");
                seen.release();
            }
            assertThat(client.until("\r\n\r\n")).isEqualTo("0\r\n\r\n");
        }
    }

    @Test
    void clientsAndEndpointsMayBeReachedByIpv6() throws IOException {
        try (Origin origin = new Origin("::1", (self, socket) -> {
                    while (!self.head(socket).isEmpty()) {
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    }
                });
                Front front = Front.onIpv6(origin)) {
            for (String address : List.of("::1", "127.0.0.1")) {
                try (RawClient client = front.client(address)) {
                    String host = address.equals("::1") ? "[::1]:80" : address;
                    assertThat(client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                                    .response())
                            .startsWith("HTTP/1.1 200")
                            .endsWith("ok");
                }
            }
            assertThat(origin.heads.get(0)).contains("x-forwarded-for: ").containsIgnoringCase("host: [::1]:80\r\n");
            assertThat(origin.heads.get(1)).contains("x-forwarded-for: 127.0.0.1\r\n");
        }
    }
}
