package dev.portico.proxy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Our readers and Netty's decoders read the same messages in the same way. Where Netty is strict we are too; where we are
 * stricter the reason stands here, with an example. The same messages in each build: what goes on for ever is fuzzing.
 */
class BesideNettyTest {
    @ParameterizedTest
    @EnumSource
    void whatOthersMayReadOtherwiseIsRefused(Stricter why) {
        byte[] bytes = Messages.octets(why.example());
        boolean response = why.example().strip().startsWith("HTTP");
        List<String> ours = response ? ByUs.responses(false, bytes) : ByUs.requests(bytes);
        List<String> netty = response ? ByNetty.responses(false, bytes) : ByNetty.requests(bytes);
        assertThat(ours.getLast()).isIn(Found.UNREADABLE, Found.BROKEN);
        assertThat(netty).isNotEmpty().doesNotContain(Found.UNREADABLE, Found.BROKEN);
        assertThat(why.holds(why.example())).isTrue();
    }

    @ParameterizedTest
    @FieldSource("dev.portico.proxy.codec.Messages#REQUESTS")
    void wellFormedRequestsAreReadAlike(String message) {
        byte[] bytes = Messages.octets(message);
        assertThat(ByUs.requests(bytes)).isNotEmpty().isEqualTo(ByNetty.requests(bytes));
    }

    @ParameterizedTest
    @FieldSource("dev.portico.proxy.codec.Messages#RESPONSES")
    void wellFormedResponsesAreReadAlike(String message) {
        byte[] bytes = Messages.octets(message);
        assertThat(ByUs.responses(false, bytes)).isNotEmpty().isEqualTo(ByNetty.responses(false, bytes));
        assertThat(ByUs.responses(true, bytes)).isNotEmpty().isEqualTo(ByNetty.responses(true, bytes));
    }

    /** Netty takes eight octets for the body of a handshake that RFC 6455 has replaced; for others they are a request. */
    @Test
    void noBodyFollowsThatNoHeadAnnounces() {
        byte[] bytes = Messages.octets(
                "GET / HTTP/1.1\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        assertThat(ByNetty.requests(bytes)).contains("data GET / HT");
        assertThat(ByUs.requests(bytes))
                .containsExactly(
                        "GET / HTTP_1_1 keep [sec-websocket-key1=1|sec-websocket-key2=2]",
                        "end []",
                        "GET / HTTP_1_1 keep []",
                        "end []");
    }

    @Property(tries = 5_000, seed = "7")
    void requestsThatSomebodyTamperedWithAreReadAlikeOrRefused(@ForAll long seed) {
        ReadersFuzz.requests(Messages.octets(Messages.tampered(Messages.REQUESTS, seed)));
    }

    @Property(tries = 5_000, seed = "7")
    void responsesThatSomebodyTamperedWithAreReadAlikeOrRefused(@ForAll long seed) {
        ReadersFuzz.responses(Messages.octets(Messages.tampered(Messages.RESPONSES, seed)));
    }
}
