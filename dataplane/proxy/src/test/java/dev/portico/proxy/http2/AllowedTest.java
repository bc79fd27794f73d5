package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much a client may send, and what becomes of more. */
final class AllowedTest {
    private final Origin origin = new Origin();
    private final Gateway gateway = new Gateway(origin);

    AllowedTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void asManyControlFramesAsAreAllowedDoNoHarm() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            for (int n = 0; n < 900; n++) {
                client.send(Frame.PING, 0, 0, new byte[8]);
                client.number(Frame.WINDOW_UPDATE, 0, 1);
            }
            assertThat(client.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
    }

    @Test
    void moreThanAHundredFieldsAreRefusedAndCrumbsOfCookiesCount() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            String[] most = new String[200];
            for (int i = 0; i < 200; i += 2) {
                most[i] = "cookie";
                most[i + 1] = "a=" + i;
            }
            assertThat(client.request(1, Fields.request("GET", "/", most)).status())
                    .isEqualTo("200");
            String[] tooMany = Arrays.copyOf(most, 202);
            tooMany[200] = "cookie";
            tooMany[201] = "one=more";
            assertThat(client.request(3, Fields.request("GET", "/", tooMany)).status())
                    .isEqualTo("431");
        }
    }

    @Test
    void aHeadBeyondThirtyTwoKibibytesIsRefused() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            client.headers(1, true, Fields.request("GET", "/", "x", "y".repeat(34_000)))
                    .flush();
            assertThat(client.answer(1).status()).isEqualTo("431");
            assertThat(client.request(3, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
        assertThat(origin.heads).hasSize(1);
        assertThat(gateway.reasons).containsExactly("headers_too_large");
    }

    @Test
    void aClientThatAllowsALargeTableDoesNotMakeOursGrow() throws IOException {
        try (var client = RawClient.greeting(gateway.port(), 1, Integer.MAX_VALUE)) {
            client.headers(1, true, Fields.request("GET", "/")).flush();
            int first = client.next(Frame.HEADERS).payload()[0];
            assertThat(first & 0xe0)
                    .as("no change of the table's size (RFC 7541 §6.3)")
                    .isNotEqualTo(0x20);
        }
    }
}
