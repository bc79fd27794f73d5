package dev.portico.proxy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What our readers find in bytes, however they are cut; that they keep no buffer is seen to on the way. */
final class ByUs {
    private ByUs() {}

    static List<String> requests(byte[] bytes, int... cuts) {
        var found = new Found();
        var reader = new RequestReader(Limits.DEFAULT, found);
        found.next = reader::next;
        feed(reader::read, reader::drop, bytes, cuts);
        return found.words;
    }

    /** The connection ends behind them. */
    static List<String> responses(boolean toHead, byte[] bytes, int... cuts) {
        var found = new Found();
        var reader = new ResponseReader(Limits.DEFAULT, found);
        found.next = () -> reader.expect(toHead ? "HEAD" : "GET");
        found.next.run();
        feed(
                reader::read,
                () -> {
                    reader.end();
                    reader.drop();
                },
                bytes,
                cuts);
        return found.words;
    }

    private static void feed(Consumer<ByteBuf> read, Runnable end, byte[] bytes, int... cuts) {
        var buffers = new ArrayList<ByteBuf>();
        int from = 0;
        for (int cut : cuts) {
            buffers.add(Unpooled.buffer().writeBytes(bytes, from, cut - from));
            from = cut;
        }
        buffers.add(Unpooled.buffer().writeBytes(bytes, from, bytes.length - from));
        buffers.forEach(read);
        end.run();
        assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    /** A cut behind every octet. */
    static int[] everywhere(byte[] bytes) {
        int[] cuts = new int[Math.max(0, bytes.length - 1)];
        Arrays.setAll(cuts, i -> i + 1);
        return cuts;
    }
}
