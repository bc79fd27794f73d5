package dev.portico.proxy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadersTest {
    private static final String GET = "GET / HTTP/1.1\r\n";

    static Stream<String> messages() {
        return Stream.concat(Messages.REQUESTS.stream(), Messages.RESPONSES.stream());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void howAMessageIsCutMakesNoDifference(String message) {
        byte[] octets = Messages.octets(message);
        List<String> requests = ByUs.requests(octets);
        List<String> responses = ByUs.responses(false, octets);
        for (int first = 1; first < octets.length; first++) {
            assertThat(ByUs.requests(octets, first)).isEqualTo(requests);
            assertThat(ByUs.responses(false, octets, first)).isEqualTo(responses);
            int second = (first + octets.length) / 2;
            assertThat(ByUs.requests(octets, first, second)).isEqualTo(requests);
            assertThat(ByUs.responses(false, octets, first, second)).isEqualTo(responses);
        }
    }

    @Test
    void chunksAreTakenApartAndTrailersKeptButNotThoseOfTheFraming() {
        assertThat(requests(
                        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                        "3;x=\"\\\"\"; y\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\nContent-Length: 9\r\n\r\n"))
                .containsExactly("POST / HTTP_1_1 keep [transfer-encoding=chunked]", "data abcde", "end [x-sum=5]");
    }

    @Test
    void bodiesEndWhereTheMethodTheStatusTheLengthOrTheConnectionSays() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
        assertThat(ByUs.responses(true, Messages.octets(head + head)))
                .containsExactly("200 keep [content-length=2]", "end []", "200 keep [content-length=2]", "end []");
        assertThat(responses(
                        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\n\r\nHTTP/1.1 200\r\n\r\nto the end"))
                .containsExactly(
                        "103 keep [link=x]",
                        "end []",
                        "204 keep []",
                        "end []",
                        "200 keep []",
                        "data to the end",
                        "end []");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\nX: y\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n",
            })
    void whatIsCutShortHasNoEnd(String message) {
        assertThat(responses(message)).noneMatch(word -> word.startsWith("end"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "g",
                "-1",
                "+1",
                "0x1",
                " 1",
                "1 ",
                "80000000",
                "fffffffffffffffff",
                "1;",
                "1;a=",
                "1;a=\"",
                "1;a b",
                "1,a"
            })
    void aLineBeforeAChunkThatSaysNoSizeBreaksTheBody(String line) {
        assertThat(requests("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", line, "\r\nx\r\n0\r\n\r\n"))
                .hasSize(2)
                .last()
                .isEqualTo(Found.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\nContent-Length: 1",
                "Content-Length: 1, 1",
                "Content-Length:",
                "Content-Length: 1_0",
                "Content-Length: \u0661",
                "Content-Length: 9223372036854775808",
                "Content-Length: 1\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: \u212Ahunked",
                "X:a\r\n b",
                "X: a\u0001",
                "X: \u007f",
                "X\t: a",
                "X",
                ": a",
            })
    void headersThatSayTwoThingsOrNoneMakeARequestUnreadable(String lines) {
        assertThat(requests("POST / HTTP/1.1\r\n", lines, "\r\n\r\n0\r\n\r\n")).containsExactly(Found.UNREADABLE);
    }

    @Test
    void linesAreReadUpToTheirLimitHoweverTheyCome() {
        var limits = new Limits(20, 30, 2);
        assertThat(words(limits, "GET /234567 HTTP/1.1", "\r", "\n\r\n")).hasSize(2);
        assertThat(words(limits, "GET /2345678 HTTP/1.1\r\n\r\n")).containsExactly(Unreadable.LINE_TOO_LONG.name());
        assertThat(words(limits, "GET /2345678 HTTP/1.1/")).containsExactly(Unreadable.LINE_TOO_LONG.name());
        assertThat(words(limits, "\r\n".repeat(20))).containsExactly(Unreadable.LINE_TOO_LONG.name());
        String field = "A: " + "b".repeat(12);
        assertThat(words(limits, GET, field, "\r\n", field, "\r", "\n\r\n")).hasSize(2);
        assertThat(words(limits, GET, field, "\r\n", field, "b\r\n\r\n"))
                .containsExactly(Unreadable.HEADERS_TOO_LARGE.name());
        assertThat(words(limits, GET, field, "\r\n", field, "bbb"))
                .containsExactly(Unreadable.HEADERS_TOO_LARGE.name());
        assertThat(words(limits, GET, "A:\r\nB:\r\n\r\n")).hasSize(2);
        assertThat(words(limits, GET, "A:\r\nB:\r\nC:\r\n\r\n")).containsExactly(Unreadable.HEADERS_TOO_LARGE.name());
        String chunked = GET + "Transfer-Encoding: chunked\r\n\r\n";
        assertThat(words(limits, chunked, "1;" + "a".repeat(19))).last().isEqualTo(Found.BROKEN);
        assertThat(words(limits, chunked, "0\r\nA:\r\nB:\r\nC:\r\n\r\n")).last().isEqualTo(Found.BROKEN);
    }

    @Test
    void whatComesBehindAMessageWaitsUntilItIsWanted() {
        var found = new Found();
        var reader = new RequestReader(Limits.DEFAULT, found);
        reader.read(buffer(GET + "\r\n" + GET + "Ho"));
        reader.read(buffer("st: a\r\n"));
        assertThat(found.words).hasSize(2);
        assertThat(reader.hasMore()).isTrue();
        assertThat(reader.hasPartOfHead()).isFalse();
        reader.next();
        assertThat(found.words).hasSize(2);
        assertThat(reader.hasMore()).isFalse();
        assertThat(reader.hasPartOfHead()).isTrue();
        reader.read(buffer("\r\n"));
        assertThat(found.words).hasSize(4);
        assertThat(reader.hasPartOfHead()).isFalse();
    }

    @Test
    void anotherProtocolGetsWhatWasNotRead() {
        var found = new Found();
        var reader = new ResponseReader(Limits.DEFAULT, found);
        reader.expect("GET");
        reader.read(buffer("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nfirst"));
        ByteBuf rest = reader.handOver();
        assertThat(rest.toString(StandardCharsets.ISO_8859_1)).isEqualTo("first");
        rest.release();
        assertThat(found.words).containsExactly("101 keep [upgrade=x]", "end []");
    }

    private static ByteBuf buffer(String text) {
        return UnpooledByteBufAllocator.DEFAULT.heapBuffer().writeBytes(Messages.octets(text));
    }

    private static List<String> requests(String... parts) {
        return ByUs.requests(Messages.octets(String.join("", parts)));
    }

    private static List<String> responses(String message) {
        return ByUs.responses(false, Messages.octets(message));
    }

    private static List<String> words(Limits limits, String... parts) {
        var found = new Found();
        var reader = new RequestReader(limits, found);
        for (String part : parts) {
            reader.read(buffer(part));
        }
        reader.drop();
        return found.why == null ? found.words : List.of(found.why.name());
    }
}
