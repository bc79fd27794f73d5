package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FlowControlTest {
    private static final int MEGABYTE = 1024 * 1024;
    private final Origin origin = new Origin();
    private final Gateway gateway = new Gateway(origin);
    private final RawClient client = RawClient.greeting(gateway.port());

    FlowControlTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
        origin.close();
    }

    @Test
    void aClientThatTakesNothingHoldsTheEndpointBackAndNobodyElse() throws IOException {
        client.keepWindowsShut();
        client.headers(1, true, Fields.request("GET", "/large")).flush();
        await().during(Duration.ofMillis(300)).until(() -> origin.written.get(), this::unchanged);
        assertThat(origin.written.get()).isLessThan(Origin.LARGE / 2);
        try (var other = RawClient.greeting(gateway.port())) {
            assertThat(other.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
        client.number(Frame.WINDOW_UPDATE, 0, Origin.LARGE);
        client.number(Frame.WINDOW_UPDATE, 1, Origin.LARGE).flush();
        assertThat(client.answer(1).body.size()).isEqualTo(Origin.LARGE);
    }

    private long last = -1;

    private boolean unchanged(long now) {
        boolean same = now > 0 && now == last;
        last = now;
        return same;
    }

    @Test
    void aLargeResponseArrivesWhole() throws IOException {
        assertThat(client.request(1, Fields.request("GET", "/large")).body.size())
                .isEqualTo(Origin.LARGE);
    }

    @Test
    void anEndpointThatReadsNothingHoldsTheClientBack() throws IOException {
        client.headers(1, false, Fields.request("POST", "/slow", "content-length", "" + 64 * MEGABYTE))
                .flush();
        byte[] part = new byte[16 * 1024];
        long credit = 65_535;
        long sent = 0;
        var pause = Duration.ofMillis(500);
        while (credit >= part.length && sent < 64L * MEGABYTE) {
            client.data(1, false, part).flush();
            sent += part.length;
            credit -= part.length;
            while (credit < part.length) {
                Frame frame = client.readWithin(pause);
                if (frame == null) {
                    break;
                }
                boolean ours = frame.type() == Frame.WINDOW_UPDATE && frame.stream() == 1;
                credit += ours ? ByteBuffer.wrap(frame.payload()).getInt() : 0;
            }
        }
        assertThat(sent).isLessThan(32L * MEGABYTE);
        origin.gate.countDown();
        while (sent < 64L * MEGABYTE) {
            while (credit < part.length) {
                Frame frame = client.next();
                boolean ours = frame.type() == Frame.WINDOW_UPDATE && frame.stream() == 1;
                credit += ours ? ByteBuffer.wrap(frame.payload()).getInt() : 0;
            }
            sent += part.length;
            credit -= part.length;
            client.data(1, sent == 64L * MEGABYTE, part).flush();
        }
        assertThat(client.answer(1).text()).endsWith("body " + 64 * MEGABYTE);
    }
}
