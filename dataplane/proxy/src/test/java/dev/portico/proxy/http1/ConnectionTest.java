package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void requestsFollowEachOtherOnOneConnection() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET).response())
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .endsWith("ok");
            }
            assertThat(origin.connections).hasValue(1);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    for (String head = self.head(socket); !head.isEmpty(); head = self.head(socket)) {
                        String path = head.split(" ", -1)[1];
                        Origin.answer(
                                socket, "HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            var all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.response()).endsWith("\r\n\r\n/" + i);
            }
        }
    }

    @Test
    void oldClientsAreServedAndTheirConnectionsClosedUnlessTheyAskOtherwise() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient once = front.client();
                RawClient more = front.client()) {
            assertThat(once.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n").toEnd())
                    .contains("connection: close")
                    .endsWith("ok");
            more.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
            assertThat(more.response()).contains("connection: keep-alive");
            assertThat(more.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n").toEnd()).endsWith("ok");
        }
    }

    @Test
    void aResponseToHeadHasALengthAndNoBody() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    while (!self.head(socket).isEmpty()) {
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).containsIgnoringCase("content-length: 5");
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.toEnd()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        }
    }

    @Test
    void chunksAndTrailersGoThroughBothWays() throws IOException {
        var bodies = new ArrayList<String>();
        try (Origin origin = new Origin((self, socket) -> {
                    for (String head = self.head(socket); !head.isEmpty(); head = self.head(socket)) {
                        bodies.add(Origin.body(head, socket.getInputStream()));
                        Origin.answer(
                                socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
                        Origin.answer(socket, "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("4;x=y\r\nwiki\r\n0\r\nX-Check: 1\r\n\r\n");
            assertThat(client.response()).endsWith("\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
            assertThat(bodies).containsExactly("4\r\nwiki\r\n0\r\nX-Check: 1\r\n\r\n");
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void theEndpointIsAskedWhetherToContinue() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    String head = self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                    Origin.answer(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                    String body = Origin.body(head, socket.getInputStream());
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 103 ").contains("Link: </a>");
            assertThat(client.send("hello").response())
                    .startsWith("HTTP/1.1 200")
                    .endsWith("hello");
        }
    }

    @Test
    void anEarlyAnswerEndsTheConnectionsOnBothSides() throws IOException {
        var read = new CompletableFuture<byte[]>();
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
                    read.complete(socket.getInputStream().readAllBytes());
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nGET /smuggled HTTP/1.1\r\n");
            assertThat(client.toEnd())
                    .startsWith("HTTP/1.1 401 ")
                    .contains("connection: close")
                    .endsWith("no");
            assertThat(origin.heads).hasSize(1);
            assertThat(read.join()).hasSizeLessThan(100_000);
            await().until(() -> front.leased() == 0);
        }
    }

    @Test
    void slowHeadsAndBodiesAreAnswered408AndSilenceIsClosed() throws IOException {
        Duration soon = Duration.ofSeconds(1);
        var limits = TestLimits.patience(
                new ClientLimits.Timeouts(soon, soon, soon, soon), new ClientLimits.MinBodyRate(500, soon));
        try (Origin origin = Origin.ok();
                Front front = new Front(TestLimits.traffic(limits), origin);
                RawClient idle = front.client();
                RawClient silent = front.client();
                RawClient head = front.client();
                RawClient body = front.client()) {
            assertThat(idle.send(GET).response()).startsWith("HTTP/1.1 200");
            head.send("GET / HTTP/1.1\r\nHo");
            body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nfew");
            assertThat(head.toEnd()).startsWith("HTTP/1.1 408 ");
            assertThat(body.toEnd()).startsWith("HTTP/1.1 408 ");
            assertThat(silent.toEnd()).isEmpty();
            assertThat(idle.toEnd()).isEmpty();
            await().until(() -> front.leased() == 0);
            assertThat(front.reasons).containsExactlyInAnyOrder("served", "header_timeout", "body_too_slow");
        }
    }

    @Test
    void aHeadThatComesTooLateIsReadAWhileSoThatItsClientLearnsWhy() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(impatient(), origin);
                RawClient client = front.client()) {
            client.send("GET / HTTP/1.1\r\nHo");
            await().untilAsserted(() -> assertThat(front.reasons).containsExactly("header_timeout"));
            client.send("st: a\r\nX: " + "x".repeat(4 << 20));
            assertThat(client.toEnd()).startsWith("HTTP/1.1 408 ").contains("connection: close");
            assertThat(client.wasReset).isFalse();
        }
    }

    @Test
    void aConnectionTakesSoManyRequestsAndIsToldThatTheLastOneWasIt() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(TestLimits.traffic(TestLimits.connections(100, 0, 2)), origin);
                RawClient client = front.client()) {
            assertThat(client.send(GET).response()).doesNotContain("connection: close");
            assertThat(client.send(GET + GET).toEnd())
                    .containsOnlyOnce("HTTP/1.1 200")
                    .contains("connection: close");
        }
    }

    @Test
    void aListenersLimitsOfHeadsHold() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(TestLimits.traffic(TestLimits.headers(1024, 4096, 10)), origin)) {
            assertThat(front.ask("GET /" + "x".repeat(1024) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 414 ");
            assertThat(front.ask("GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(4096) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ");
            assertThat(front.ask("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(10) + "\r\n"))
                    .startsWith("HTTP/1.1 431 ");
            assertThat(front.ask("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(9) + "\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void nobodyHurriesABodyOnceTheResponseHasBegunAndNoTypeOfBodyBuysTime() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    String head = self.head(socket);
                    if (head.contains("/early")) {
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                        Origin.answer(socket, Origin.body(head, socket.getInputStream()));
                    } else {
                        String body = Origin.body(head, socket.getInputStream());
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
                    }
                });
                Front front = new Front(impatient(), origin);
                RawClient early = front.client();
                RawClient grpc = front.client();
                RawClient late = front.client()) {
            early.send("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
                    .until("\r\n\r\n");
            grpc.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/grpc+proto\r\n");
            grpc.send("Content-Length: 5\r\n\r\n");
            await().until(() -> front.leased() == 2);
            // Whoever begins later and is slow is cut: so the first could have been by now.
            late.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
            assertThat(late.toEnd()).startsWith("HTTP/1.1 408 ");
            assertThat(early.send("hello").until("hello")).isEqualTo("hello");
            assertThat(grpc.toEnd()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aBodyThatHadToWaitDoesNotFreeTheNextOneFromItsDeadline() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(impatient(), origin);
                RawClient client = front.client()) {
            // The first waits for a connection to the endpoint.
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.response()).startsWith("HTTP/1.1 200");
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nfew");
            assertThat(client.toEnd()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aClientThatTakesLittleAtATimeIsNotTakenForOneThatTakesNothing() throws IOException {
        int size = 3_000_000;
        try (Origin origin = new Origin((self, socket) -> {
                    while (!self.head(socket).isEmpty()) {
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                        Origin.answer(socket, "x".repeat(size));
                    }
                });
                Front front = new Front(impatient(), origin);
                RawClient slow = front.client();
                RawClient stopped = front.client()) {
            slow.socket.setReceiveBufferSize(16 * 1024);
            stopped.socket.setReceiveBufferSize(16 * 1024);
            stopped.send(GET);
            slow.send(GET).until("\r\n\r\n");
            InputStream in = slow.socket.getInputStream();
            for (int left = size; left > 0; ) {
                byte[] part = in.readNBytes(Math.min(left, 16 * 1024));
                assertThat(part).isNotEmpty();
                left -= part.length;
                // A slow reader is one that lets time pass.
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            await().until(() -> front.reasons.size() == 2);
            assertThat(front.reasons).containsExactlyInAnyOrder("client_too_slow", "served");
        }
    }

    @Test
    void aClientThatDoesNotTakeTheEndOfItsAnswerIsNotWaitedForForEver() throws IOException {
        try (Origin origin = Origin.bySize();
                Front front = new Front(impatient(), origin)) {
            Map<RawClient, Integer> served = new LinkedHashMap<>();
            // Of the last of those that fit into the buffers on the way, a rest does not fit into those of the kernel.
            for (int size = 128 * 1024; served.size() == front.reasons.size(); size += 32 * 1024) {
                RawClient client = front.client();
                client.send("GET /" + size + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                client.until("\r\n\r\n");
                int asked = served.size() + 1;
                await().until(() -> front.reasons.size() == asked);
                if (front.reasons.getLast().equals("served")) {
                    served.put(client, size);
                } else {
                    client.close();
                }
            }
            await().until(() -> front.connections.get() == 0);
            int cut = 0;
            for (var client : served.entrySet()) {
                boolean whole = client.getKey().toEnd().length() == client.getValue();
                assertThat(client.getKey().wasReset).isNotEqualTo(whole);
                cut += whole ? 0 : 1;
                client.getKey().close();
            }
            assertThat(cut).isPositive();
        }
    }

    @Test
    void anAnswerWithoutLengthThatIsCutBecauseItsClientStoppedTakingItDoesNotEnd() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(16 << 20));
                });
                Front front = new Front(impatient(), origin);
                RawClient client = front.client()) {
            client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n").until("\r\n\r\n");
            await().untilAsserted(() -> assertThat(front.reasons).containsExactly("client_too_slow"));
            assertThat(client.toEnd()).hasSizeLessThan(16 << 20);
            assertThat(client.wasReset).isTrue();
        }
    }

    @Test
    void aRefusedBodyIsReadAWhileSoThatItsClientLearnsWhy() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await().until(() -> front.leased() == 1);
            client.send("nonsense\r\n" + "x".repeat(4 << 20));
            assertThat(client.toEnd()).startsWith("HTTP/1.1 400 ").contains("connection: close");
            assertThat(client.wasReset).isFalse();
            assertThat(front.reasons).containsExactly("bad_framing");
        }
    }

    @Test
    void aClientMayBeginLateToReadItsAnswer() throws IOException {
        int size = 3_000_000;
        try (Origin origin = Origin.bySize();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("GET /" + size + " HTTP/1.1\r\nHost: a\r\n\r\n");
            await().during(Duration.ofMillis(300)).until(() -> front.connections.get() == 1);
            assertThat(client.response()).endsWith("x".repeat(size));
        }
    }

    @Test
    void aClientThatDoesNotTakeTheEndOfItsAnswerIsNotIdle() throws IOException {
        Duration never = Duration.ofMinutes(5);
        var limits = TestLimits.patience(
                new ClientLimits.Timeouts(never, never, never, Duration.ofMillis(1500)),
                ClientLimits.DEFAULT.minBodyRate());
        Map<RawClient, Integer> clients = new LinkedHashMap<>();
        int open;
        try (Origin origin = Origin.bySize();
                Front front = new Front(TestLimits.traffic(limits), origin)) {
            // Of some of them a little more than that which fits into the buffers of the kernel.
            for (int size = 128 * 1024; size <= 1024 * 1024; size += 8 * 1024) {
                RawClient client = front.client();
                clients.put(client, size);
                client.send("GET /" + size + " HTTP/1.1\r\nHost: a\r\n\r\n").until("\r\n\r\n");
            }
            await().until(() -> front.reasons.size() == clients.size());
            var before = new AtomicInteger();
            await().during(Duration.ofSeconds(2))
                    .until(() -> before.getAndSet(front.connections.get()) == front.connections.get());
            open = front.connections.get();
        }
        int whole = 0;
        for (var client : clients.entrySet()) {
            whole += client.getKey().toEnd().length() == client.getValue() ? 1 : 0;
            client.getKey().close();
        }
        assertThat(open).isEqualTo(whole).isPositive().isLessThan(clients.size());
    }

    @Test
    void anAnswerToARequestWhoseBodyDoesNotComeIsReadToItsEnd() throws IOException {
        try (Origin origin = Origin.bySize();
                Front front = new Front(origin)) {
            Map<RawClient, Integer> clients = new LinkedHashMap<>();
            for (int size = 360 * 1024; size <= 480 * 1024; size += 8 * 1024) {
                RawClient client = front.client();
                clients.put(client, size);
                client.send("POST /" + size + " HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n");
                client.until("\r\n\r\n");
            }
            long begun = System.nanoTime();
            // Longer than the rest of a request is waited for behind its answer.
            await().until(() ->
                    System.nanoTime() - begun > Duration.ofMillis(2_500).toNanos());
            for (var client : clients.entrySet()) {
                assertThat(client.getKey().toEnd()).hasSize(client.getValue());
                client.getKey().close();
            }
        }
    }

    private static ClientTraffic impatient() {
        Duration patience = Duration.ofSeconds(5);
        return TestLimits.traffic(TestLimits.patience(
                new ClientLimits.Timeouts(patience, patience, patience, Duration.ofMillis(1500)),
                new ClientLimits.MinBodyRate(500, Duration.ofSeconds(1))));
    }

    @Test
    void hundredsOfSlowPostsDisturbNobody() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin)) {
            List<RawClient> slow = new ArrayList<>();
            // More than there may be connections to an endpoint.
            for (int i = 0; i < 600; i++) {
                slow.add(front.client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx"));
            }
            await().until(() -> origin.heads.size() >= 512);
            for (int i = 0; i < 20; i++) {
                assertThat(front.ask(GET)).startsWith("HTTP/1.1 200");
            }
            for (RawClient client : slow) {
                client.close();
            }
            await().until(() -> front.leased() == 0);
            assertThat(front.ask(GET)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void drainingAnswersWhatRunsAndClosesTheRest() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    for (String head = self.head(socket); !head.isEmpty(); head = self.head(socket)) {
                        if (head.contains("/slow")) {
                            await().until(() -> self.heads.size() >= 3);
                        }
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    }
                });
                Front front = new Front(origin);
                RawClient idle = front.client();
                RawClient busy = front.client();
                RawClient slow = front.client()) {
            idle.send(GET).response();
            slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> origin.heads.size() == 2);
            front.listeners.announceEnd();
            await().until(() -> busy.send(GET).response().contains("connection: close") || origin.heads.size() > 50);
            front.listeners.close();
            assertThat(idle.toEnd()).isEmpty();
            assertThat(slow.toEnd()).contains("connection: close").endsWith("ok");
        }
    }

    @Test
    void whatIsNotAnsweredAtTheEndOfTheDrainIsRefusedThen() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    self.head(socket); // never comes
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(GET);
            await().until(() -> origin.heads.size() == 1);
            front.listeners.close();
            front.listeners.shutDown();
            assertThat(client.toEnd()).startsWith("HTTP/1.1 503 ").contains("connection: close");
        }
    }

    @Test
    void drainingInTheMiddleOfAHeadAnswersItsRequest() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            // Behind an answer: when that is there, the part of a head is read.
            client.send(GET + "GET / HTTP/1.1\r\nHo");
            assertThat(client.response()).doesNotContain("connection: close");
            front.listeners.closeOthers(List.of());
            client.send("st: a\r\n\r\n");
            assertThat(client.toEnd())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("connection: close")
                    .endsWith("ok");
            assertThat(client.wasReset).isFalse();
        }
    }

    @Test
    void aHeadThatIsNotWholeAtTheEndOfTheDrainIsRefusedThen() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(GET + "GET / HTTP/1.1\r\nHo");
            assertThat(client.response()).startsWith("HTTP/1.1 200 ");
            front.listeners.close();
            front.listeners.shutDown();
            assertThat(client.toEnd()).startsWith("HTTP/1.1 503 ").contains("connection: close");
            assertThat(front.reasons).containsExactly("served", "shutdown");
        }
    }

    @Test
    void anAnswerThatHasBegunIsCutAtTheEndOfTheDrain() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                    self.head(socket); // never comes
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(GET).until("hello");
            front.listeners.close();
            front.listeners.shutDown();
            assertThat(client.toEnd()).isEmpty();
            assertThat(client.wasReset).isTrue();
            assertThat(front.reasons).containsExactly("shutdown");
            await().until(() -> front.leased() == 0);
        }
    }

    @Test
    void drainingInTheMiddleOfABodyEndsTheConnectionBehindIt() throws IOException {
        var drained = new CountDownLatch(1);
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                    await().until(() -> drained.getCount() == 0);
                    Origin.answer(socket, "world");
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            assertThat(client.send(GET).until("hello")).doesNotContain("connection: close");
            front.listeners.close();
            drained.countDown();
            assertThat(client.toEnd()).isEqualTo("world");
            assertThat(client.wasReset).isFalse();
        }
    }
}
