package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.proxy.TestPorts;
import dev.portico.proxy.memory.MemoryUse;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.pipeline.Stage;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for much at once, and begin late to read what they are answered. */
@Timeout(60)
class PipeliningTest {
    private static final int REQUESTS = 4_000;
    private static final int SIZE = 16 * 1024;
    /** More than the kernel takes of answers that nobody reads, which is a few MiB. */
    private static final int MOST_BEGUN = 1_000;

    private static final double MOST_MEMORY = (double) (16 << 20) / PlatformDependent.maxDirectMemory();

    private final MemoryUse memory = new MemoryUse();

    @Test
    void anEndpointIsAskedForNoMoreThanItsClientTakes() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    for (String head = self.head(socket); !head.isEmpty(); head = self.head(socket)) {
                        Origin.answer(
                                socket,
                                "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n"
                                        + body(head.split(" ", -1)[1]));
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            assertThatNoMoreIsBegunThanIsTaken(client, origin.heads::size);
        }
    }

    @Test
    void nothingIsAnsweredByTheDataPlaneItselfThatItsClientDoesNotTake() throws IOException {
        var answers = new Answers();
        try (Front front = new Front(answers, TestPorts.free());
                RawClient client = front.client()) {
            assertThatNoMoreIsBegunThanIsTaken(client, answers.given::get);
        }
    }

    @Test
    void whoSaysNoMoreWhileHisRequestsWaitGetsAllAnswers() throws IOException {
        var answers = new Answers();
        try (Front front = new Front(answers, TestPorts.free());
                RawClient client = front.client()) {
            CompletableFuture<Void> asked = ask(client);
            settled(answers.given::get);
            asked.join();
            client.socket.shutdownOutput();
            assertThatAllIsAnsweredInOrder(client);
            assertThat(client.toEnd()).isEmpty();
            assertThat(client.wasReset).isFalse();
        }
    }

    @Test
    void whoAsksForMoreThanIsAnsweredGetsTheLastAnswerWhole() throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(TestLimits.traffic(TestLimits.connections(100, 0, 3)), origin);
                RawClient client = front.client()) {
            CompletableFuture<Void> asked = ask(client);
            assertThat(client.toEnd().split("HTTP/1.1 200 OK", -1)).hasSize(4);
            assertThat(client.wasReset).isFalse();
            asked.join();
        }
    }

    private void assertThatNoMoreIsBegunThanIsTaken(RawClient client, IntSupplier begun) throws IOException {
        double before = memory.direct();
        CompletableFuture<Void> asked = ask(client);
        assertThat(settled(begun)).isBetween(1, MOST_BEGUN);
        assertThat(memory.direct() - before).isLessThan(MOST_MEMORY);
        assertThatAllIsAnsweredInOrder(client);
        asked.join();
        assertThat(client.send("GET /behind HTTP/1.1\r\nHost: a\r\n\r\n").response())
                .endsWith(body("/behind"));
    }

    /** Asks for everything, as fast as it is taken. */
    private static CompletableFuture<Void> ask(RawClient client) {
        var all = new StringBuilder();
        for (int i = 0; i < REQUESTS; i++) {
            all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        return CompletableFuture.runAsync(() -> {
            try {
                client.send(all.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The number that no longer grows. */
    private static int settled(IntSupplier number) {
        var before = new AtomicInteger();
        await().atMost(Duration.ofSeconds(30)).during(Duration.ofSeconds(1)).until(() -> {
            int now = number.getAsInt();
            return now > 0 && before.getAndSet(now) == now;
        });
        return number.getAsInt();
    }

    private static void assertThatAllIsAnsweredInOrder(RawClient client) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(new String(client.socket.getInputStream().readNBytes(SIZE), StandardCharsets.ISO_8859_1))
                    .isEqualTo(body("/" + i));
        }
    }

    private static String body(String path) {
        return path + " ".repeat(SIZE - path.length());
    }

    /** Answers every request at once. */
    private static final class Answers implements Stage {
        private final AtomicInteger given = new AtomicInteger();

        @Override
        public Reply request(Exchange exchange) {
            given.incrementAndGet();
            return Reply.text(200, "test", body(exchange.request().target()));
        }
    }
}
