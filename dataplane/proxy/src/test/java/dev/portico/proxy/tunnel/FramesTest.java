package dev.portico.proxy.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
    void boundariesAreFoundHoweverTheBytesArrive(int part) {
        ByteBuf all = Unpooled.buffer();
        List<Integer> expected = new ArrayList<>();
        for (int size : List.of(0, 1, 125, 126, 127, 65_535, 65_536, 70_000)) {
            for (boolean masked : List.of(true, false)) {
                all.writeBytes(frame(TEXT, masked, size));
                expected.add(all.writerIndex());
            }
        }
        var frames = new Frames();
        List<Integer> found = new ArrayList<>();
        for (int from = 0; from < all.writerIndex(); from += part) {
            ByteBuf slice = all.slice(from, Math.min(part, all.writerIndex() - from));
            for (int at = 0; at < slice.writerIndex(); ) {
                at = frames.next(slice, at);
                if (frames.atBoundary()) {
                    found.add(from + at);
                }
            }
        }
        assertThat(found).isEqualTo(expected);
        assertThat(frames.closed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCloseFrameIsSeenWhenItHasCome(boolean masked) {
        var frames = new Frames();
        ByteBuf close = frame(CLOSE, masked, 2);
        ByteBuf last = close.readSlice(1);
        frames.follow(last);
        assertThat(frames.closed()).isFalse();
        frames.follow(close);
        assertThat(frames.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLengthBeyondWhatCanBeIsNoFrame(boolean masked) {
        var frames = new Frames();
        frames.follow(Unpooled.buffer()
                .writeByte(0x81)
                .writeByte(masked ? 0xff : 0x7f)
                .writeLong(-1)
                .writeInt(0));
        assertThat(frames.lost()).isTrue();
        assertThat(frames.atBoundary()).isFalse();
    }

    private static ByteBuf frame(int opcode, boolean masked, int size) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x80 | opcode);
        int mask = masked ? 0x80 : 0;
        if (size < 126) {
            frame.writeByte(mask | size);
        } else if (size < 65_536) {
            frame.writeByte(mask | 126).writeShort(size);
        } else {
            frame.writeByte(mask | 127).writeLong(size);
        }
        return frame.writeZero(masked ? 4 + size : size);
    }
}
