package dev.portico.proxy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReadHeadersTest {
    private static final List<String> NAMES = List.of("Host", "HOST", "x-a", "X-A", "X_A", "Accept", "b");

    @Test
    void linesAreWrittenWithOneSpaceAndTheOctetsThatCame() {
        HttpHeaders headers = read("Host:a", "X-Latin: \t caf\u00e9 au lait \t", "Empty:", "Accept: */*");
        headers.set(HttpHeaderNames.HOST, "b").add("x-last", "1").remove("ACCEPT");
        assertThat(written(headers)).isEqualTo("host: b\r\nX-Latin: caf\u00e9 au lait\r\nEmpty: \r\nx-last: 1\r\n\r\n");
    }

    @Test
    void whatIsSetIsCheckedWhereItIsWritten() {
        assertThatThrownBy(() -> written(read("A: b").set("a", "b\r\nc: d")))
                .isInstanceOf(MessageWriter.UnwritableException.class);
        assertThatThrownBy(() -> written(read("A: b").add("c d", "e")))
                .isInstanceOf(MessageWriter.UnwritableException.class);
    }

    @Property(tries = 2000)
    void theyAnswerAsNettysHeadersDo(@ForAll long seed) {
        var random = new Random(seed);
        HttpHeaders ours = read("Host: 1", "X-a: 2, close", "x-A: 3", "B: 4");
        HttpHeaders netty = new DefaultHttpHeaders()
                .add("Host", "1")
                .add("X-a", "2, close")
                .add("x-A", "3")
                .add("B", "4");
        for (int change = 0; change < 6; change++) {
            change(ours, netty, NAMES.get(random.nextInt(NAMES.size())), random.nextInt(4), change);
            assertThat(ours.size()).isEqualTo(netty.size());
            assertThat(ours.isEmpty()).isEqualTo(netty.isEmpty());
            for (String name : NAMES) {
                assertThat(ours.get(name)).isEqualTo(netty.get(name));
                assertThat(ours.getAll(name)).isEqualTo(netty.getAll(name));
                assertThat(ours.contains(name)).isEqualTo(netty.contains(name));
                assertThat(ours.getInt(name, -1)).isEqualTo(netty.getInt(name, -1));
                assertThat(ours.containsValue(name, "CLOSE", true)).isEqualTo(netty.containsValue(name, "CLOSE", true));
            }
        }
    }

    private static void change(HttpHeaders ours, HttpHeaders netty, String name, int how, int value) {
        for (HttpHeaders headers : List.of(ours, netty)) {
            switch (how) {
                case 0 -> headers.set(name, value);
                case 1 -> headers.add(name, value);
                case 2 -> headers.set(name, List.of(value, "x"));
                default -> headers.remove(name);
            }
        }
    }

    private static HttpHeaders read(String... lines) {
        var headers = new ReadHeaders[1];
        var reader = new RequestReader(Limits.DEFAULT, new Found() {
            @Override
            public void head(Request request) {
                headers[0] = (ReadHeaders) request.headers();
            }
        });
        String head = "GET / HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
        reader.read(UnpooledByteBufAllocator.DEFAULT.heapBuffer().writeBytes(Messages.octets(head)));
        return headers[0];
    }

    private static String written(HttpHeaders headers) {
        var writer = new MessageWriter().statusLine(200).headers(headers);
        String all = writer.end(UnpooledByteBufAllocator.DEFAULT).toString(StandardCharsets.ISO_8859_1);
        return all.substring(all.indexOf('\n') + 1);
    }
}
