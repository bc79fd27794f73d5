package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.routetable.ClientLimits;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
    private static final int OF_EACH_KIND = 200;
    private static final int LARGE = 10_000_000;
    private static final long MEMORY = 50L << 20;
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n";

    /** Slow heads, slow bodies, no body behind the head, and clients that do not read. */
    @Test
    void hundredsOfSlowClientsOfFourKindsDisturbNobodyAndAreCutOff() throws IOException {
        Duration patience = Duration.ofSeconds(2);
        var limits = TestLimits.patience(
                new ClientLimits.Timeouts(patience, patience, patience, patience),
                new ClientLimits.MinBodyRate(500, patience));
        List<RawClient> heads = new ArrayList<>();
        List<RawClient> bodies = new ArrayList<>();
        List<RawClient> rest = new ArrayList<>();
        try (Origin origin = origin();
                Front front = new Front(TestLimits.traffic(limits), origin)) {
            long before = PlatformDependent.usedDirectMemory();
            for (int i = 0; i < OF_EACH_KIND; i++) {
                heads.add(front.client().send("GET / HTTP/1.1\r\n"));
                bodies.add(front.client().send(POST));
                rest.add(front.client().send(POST));
                rest.add(front.client().send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            int good = 0;
            while (cut(front) < 4 * OF_EACH_KIND && good < 100_000) {
                assertThat(front.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200 ");
                if (++good % 20 == 0) {
                    drip(heads);
                    drip(bodies);
                    assertThat(PlatformDependent.usedDirectMemory() - before).isLessThan(MEMORY);
                }
            }
            assertThat(good).isGreaterThan(200);
            assertThat(Collections.frequency(front.reasons, "header_timeout")).isEqualTo(OF_EACH_KIND);
            assertThat(Collections.frequency(front.reasons, "body_too_slow")).isEqualTo(2 * OF_EACH_KIND);
            assertThat(Collections.frequency(front.reasons, "client_too_slow")).isEqualTo(OF_EACH_KIND);
            await().until(() -> front.leased() == 0);
        } finally {
            for (List<RawClient> clients : List.of(heads, bodies, rest)) {
                for (RawClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private static long cut(Front front) {
        return front.reasons.stream().filter(reason -> !reason.equals("served")).count();
    }

    private static void drip(List<RawClient> clients) {
        for (RawClient client : clients) {
            try {
                var _ = client.send("x");
            } catch (IOException e) {
                // It was cut off, which is what is waited for.
            }
        }
    }

    private static Origin origin() throws IOException {
        byte[] large = new byte[LARGE];
        return new Origin((self, socket) -> {
            for (String head = self.head(socket); !head.isEmpty(); head = self.head(socket)) {
                if (head.startsWith("GET /large")) {
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    socket.getOutputStream().write(large);
                } else {
                    Origin.body(head, socket.getInputStream());
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }
            }
        });
    }
}
