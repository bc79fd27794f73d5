package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestPorts;
import dev.portico.proxy.listener.TransportKind;
import dev.portico.proxy.upstream.Pings;
import dev.portico.proxy.upstream.UpstreamLimits;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints do wrong, and what clients do to them. */
class EndpointTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nzz\r\n",
            })
    void aBodyCutShortIsNeverACleanEnd(String answer) throws IOException {
        try (Origin origin = once(answer);
                Front front = new Front(origin);
                RawClient client = front.client();
                RawClient old = front.client()) {
            String got = client.send(GET).toEnd();
            assertThat(got).doesNotContain("0\r\n\r\n").doesNotContain("content-length: 5\r\n");
            await().until(() -> front.reasons.contains("upstream_truncated") && front.leased() == 0);
            assertThat(old.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n").toEnd()).doesNotEndWith("shortshort");
            assertThat(client.wasReset && old.wasReset).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
    void aResponseWithoutLengthThatIsResetIsNotComplete(String version) throws IOException {
        var taken = new CountDownLatch(1);
        try (Origin origin = helloAndReset(taken);
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("GET / " + version + "\r\nHost: a\r\n\r\n").until("hello");
            taken.countDown();
            assertThat(client.toEnd()).doesNotContain("0\r\n\r\n");
            assertThat(client.wasReset).isTrue();
            await().until(() -> front.reasons.contains("upstream_truncated"));
        }
    }

    /** Answers without length, and resets the connection when that is taken. */
    private static Origin helloAndReset(CountDownLatch taken) throws IOException {
        return new Origin((self, socket) -> {
            self.head(socket);
            Origin.answer(socket, "HTTP/1.1 200 OK\r\n\r\nhello");
            await().until(() -> taken.getCount() == 0);
            socket.setSoLinger(true, 0);
        });
    }

    /** The kernel tells of a reset once: here it tells who sends the request, and who reads finds an end. */
    @ParameterizedTest
    @MethodSource("dev.portico.proxy.TransportTest#available")
    void aResponseWithoutLengthThatIsResetBehindHalfARequestIsNotComplete(TransportKind transport) throws IOException {
        var taken = new CountDownLatch(1);
        try (Origin origin = helloAndReset(taken);
                Front front = Front.on(transport, origin);
                RawClient client = front.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
                    .until("hello");
            AtomicLong written = upload(client);
            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(written.get()) == written.get());
            taken.countDown();
            assertThat(client.toEnd()).doesNotContain("0\r\n\r\n");
            await().until(() -> front.reasons.contains("upstream_truncated") && front.leased() == 0);
        }
    }

    @Test
    void aResponseHasTheDateOfItsEndpointOrElseOfItsArrival() throws IOException {
        try (Origin dated =
                        once("HTTP/1.1 200 OK\r\nDate: Tue, 15 Nov 1994 08:12:31 GMT\r\nContent-Length: 2\r\n\r\nok");
                Origin undated = once("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Front keeping = new Front(dated);
                Front adding = new Front(undated)) {
            assertThat(dates(keeping.ask(GET))).containsExactly(Instant.parse("1994-11-15T08:12:31Z"));
            assertThat(dates(adding.ask(GET)))
                    .singleElement(as(InstanceOfAssertFactories.INSTANT))
                    .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        }
    }

    private static List<Instant> dates(String response) {
        return response.lines()
                .filter(line -> line.regionMatches(true, 0, "date: ", 0, 6))
                .map(line -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(line.substring(6), Instant::from))
                .toList();
    }

    @Test
    void interimResponsesWithoutEndAreNoResponse() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    while (true) {
                        Origin.answer(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            String hints = client.send(GET).until("502 Bad Gateway");
            assertThat(hints.split("HTTP/1.1 103", -1)).hasSize(21);
            await().until(() -> front.reasons.equals(List.of("upstream_malformed")) && front.leased() == 0);
        }
    }

    @Test
    void interimResponsesAreReadNoFasterThanTheClientTakesThem() throws IOException {
        var written = new AtomicLong();
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    while (true) {
                        Origin.answer(socket, "HTTP/1.1 103 Early Hints\r\nLink: " + "a".repeat(60_000) + "\r\n\r\n");
                        written.addAndGet(60_000);
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.socket.setReceiveBufferSize(4 * 1024);
            client.send(GET);
            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan(20_000_000);
            assertThat(front.leased() == 1 || front.reasons.contains("upstream_malformed"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 099 Early\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: a\r\n folded\r\n\r\nok",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "",
            })
    void whatIsNoResponseIsAnswered502(String answer) throws IOException {
        try (Origin origin = once(answer);
                Front front = new Front(origin)) {
            assertThat(front.ask(GET)).startsWith("HTTP/1.1 502 ");
            await().until(() -> front.leased() == 0);
        }
    }

    @Test
    void anAnswerThatCameBeforeTheEndpointResetTheRestOfTheBodyIsPassedOn() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    // The rest, which is not read, makes a reset of the close.
                    assertThat(socket.getInputStream().read()).isEqualTo('x');
                    Origin.answer(
                            socket,
                            "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
                });
                Front front = new Front(origin)) {
            for (int i = 0; i < 200; i++) {
                try (RawClient client = front.client()) {
                    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
                    Thread.ofVirtual().start(() -> {
                        try {
                            client.send("x".repeat(3_000_000));
                        } catch (IOException e) {
                            // the answer came before the end of the body
                        }
                    });
                    assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 413 ");
                }
            }
            await().until(() -> front.leased() == 0);
        }
    }

    @Test
    void aConnectionThatDiedWhileIdleIsReplacedUnseen() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    // answers one request, takes another and goes away without a word
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    self.head(socket);
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");
            assertThat(origin.heads).hasSize(3);
            String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";
            assertThat(client.send(post).response()).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void aRequestIsNotRepeatedWhenTheEndpointHasBegunToAnswer() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 103 Early Hints\r\n\r\n");
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");
            client.send(GET);
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 103");
            assertThat(client.response()).startsWith("HTTP/1.1 502");
            assertThat(origin.heads).hasSize(2);
        }
    }

    @Test
    void whatComesBehindAResponseIsNotTakenForTheNext() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    while (!self.head(socket).isEmpty()) {
                        Origin.answer(
                                socket,
                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                        + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(GET).response()).endsWith("ok");
            }
        }
    }

    @Test
    void theNextEndpointIsAskedWhereOneCannotBeReached() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = front(Timeouts.DEFAULT, List.of(TestPorts.free(), origin.port()))) {
            for (int i = 0; i < 6; i++) {
                assertThat(front.ask(GET)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void nobodySeesAnEndpointThatIsDeadHoweverManyAskAtOnce() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = front(Timeouts.DEFAULT, List.of(TestPorts.free(), origin.port()))) {
            assertThat(together(8, 25, () -> front.ask(GET).substring(9, 12))).containsOnly("200");
        }
    }

    /** What so many clients get that each ask so many times, all at once. */
    private static List<String> together(int clients, int times, Callable<String> ask) {
        var answers = new ConcurrentLinkedQueue<String>();
        for (int i = 0; i < clients; i++) {
            Thread.ofVirtual().start(() -> {
                for (int n = 0; n < times; n++) {
                    try {
                        answers.add(ask.call());
                    } catch (Exception e) {
                        answers.add(e.toString());
                    }
                }
            });
        }
        await().until(() -> answers.size() == clients * times);
        return List.copyOf(answers);
    }

    @Test
    void noEndpointIs503AndNoneToReachIs502() throws IOException {
        try (Front none = front(Timeouts.DEFAULT, List.of());
                Front dead = front(Timeouts.DEFAULT, List.of(TestPorts.free()))) {
            assertThat(none.ask(GET)).startsWith("HTTP/1.1 503");
            assertThat(dead.ask(GET)).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void anEndpointThatDoesNotAnswerInTimeIs504() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    while (!self.head(socket).isEmpty()) {}
                });
                Front request = front(timeouts(Duration.ofMillis(200), null), List.of(origin.port()));
                Front backend = front(timeouts(null, Duration.ofMillis(200)), List.of(origin.port()))) {
            assertThat(request.ask(GET)).startsWith("HTTP/1.1 504");
            assertThat(backend.ask(GET)).startsWith("HTTP/1.1 504");
            assertThat(request.reasons).containsExactly("request_timeout");
            assertThat(backend.reasons).containsExactly("upstream_timeout");
            await().until(() -> request.leased() + backend.leased() == 0);
        }
    }

    @Test
    void requestsBeyondTheConnectionsWaitAndTooManyAreRefused() throws IOException {
        var limits = new UpstreamLimits(
                1, 1, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), Pings.DEFAULT);
        var refused = new CountDownLatch(4);
        try (Origin origin = new Origin((self, socket) -> {
                    while (!self.head(socket).isEmpty()) {
                        await().until(() -> refused.getCount() == 0);
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    }
                });
                Front front = new Front(ClientTraffic.DEFAULT, Timeouts.DEFAULT, limits, List.of(origin.port()))) {
            // Two event loops: each has one connection, one waits for it on each, and the other four are refused.
            List<String> answers = together(8, 1, () -> {
                String status = front.ask(GET).substring(9, 12);
                if (status.equals("503")) {
                    refused.countDown();
                }
                return status;
            });
            assertThat(answers).filteredOn("200"::equals).hasSize(4);
            assertThat(answers).filteredOn("503"::equals).hasSize(4);
        }
    }

    @Test
    void everyLeaseComesBackWhenClientsGo() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    while (!self.head(socket).isEmpty()) {}
                });
                Front front = new Front(origin)) {
            for (int round = 1; round <= 50; round++) {
                int asked = round;
                try (RawClient client = front.client()) {
                    client.send(GET);
                    await().pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(2))
                            .until(() -> origin.heads.size() == asked);
                    client.socket.setSoLinger(round % 2 == 0, 0);
                }
            }
            await().until(() -> front.reasons.size() == 50 && front.leased() == 0);
            assertThat(front.reasons).containsOnly("client_closed");
        }
    }

    @Test
    void neitherSideIsReadFasterThanTheOtherTakes() throws IOException {
        var written = new AtomicLong();
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                    OutputStream out = socket.getOutputStream();
                    byte[] block = new byte[16 * 1024];
                    while (true) {
                        out.write(block);
                        written.addAndGet(block.length);
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.socket.setReceiveBufferSize(32 * 1024);
            client.send(GET).until("\r\n\r\n");
            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan(30_000_000);
        }
    }

    @Test
    void anUploadIsReadNoFasterThanTheEndpointTakesIt() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    socket.setReceiveBufferSize(32 * 1024);
                    self.head(socket);
                    await().forever().until(socket::isClosed);
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
            AtomicLong written = upload(client);
            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan(30_000_000);
        }
    }

    /** Sends a body without end. Says how much of it was sent. */
    private static AtomicLong upload(RawClient client) {
        var written = new AtomicLong();
        Thread.ofVirtual().start(() -> {
            byte[] block = new byte[16 * 1024];
            try {
                while (true) {
                    client.socket.getOutputStream().write(block);
                    written.addAndGet(block.length);
                }
            } catch (IOException e) {
                // the test is over
            }
        });
        return written;
    }

    @Test
    void aLargeBodyArrivesWhole() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    String head = self.head(socket);
                    int length = Origin.body(head, socket.getInputStream()).length();
                    Origin.answer(
                            socket, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "b".repeat(length));
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            int size = 5_000_000;
            Thread.ofVirtual().start(() -> {
                try {
                    client.send(
                            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n" + "a".repeat(size));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            String answer = client.response();
            assertThat(answer.length() - answer.indexOf("\r\n\r\n") - 4).isEqualTo(size);
        }
    }

    private static Origin once(String answer) throws IOException {
        return new Origin((self, socket) -> {
            self.head(socket);
            Origin.answer(socket, answer);
        });
    }

    private static Timeouts timeouts(@Nullable Duration request, @Nullable Duration backend) {
        return new Timeouts(request, backend);
    }

    private static Front front(Timeouts timeouts, List<Integer> ports) throws IOException {
        return new Front(ClientTraffic.DEFAULT, timeouts, UpstreamLimits.ofLoops(2), ports);
    }
}
