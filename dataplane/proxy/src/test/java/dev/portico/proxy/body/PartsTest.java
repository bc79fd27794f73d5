package dev.portico.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartsTest {
    private final Parts parts = new Parts();
    private final List<ByteBuf> added = new ArrayList<>();

    @Test
    void smallPartsAreJoinedInTheirOrder() {
        var all = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            String text = String.valueOf(i % 10);
            all.append(text);
            add(text);
        }
        assertThat(parts.bytes()).isEqualTo(10_000);
        List<String> joined = drain();
        assertThat(joined).hasSize(3);
        assertThat(String.join("", joined)).isEqualTo(all.toString());
        assertThat(added).allMatch(part -> part.refCnt() == 0);
        assertThat(parts.isEmpty()).isTrue();
        assertThat(parts.bytes()).isZero();
    }

    @Test
    void aLargePartIsNotCopiedNorIsOneAlone() {
        String large = "y".repeat(5_000);
        add("x");
        add(large);
        add("z");
        for (ByteBuf part : added) {
            assertThat(parts.poll()).isSameAs(part);
            part.release();
        }
        assertThat(parts.poll()).isNull();
    }

    @Test
    void onlyWhatNothingCanBeJoinedToIsComplete() {
        add("x");
        assertThat(parts.pollComplete()).isNull();
        add("y".repeat(5_000));
        assertThat(parts.pollComplete()).isSameAs(added.getFirst());
        assertThat(parts.pollComplete()).isSameAs(added.getLast());
        assertThat(parts.pollComplete()).isNull();
        added.forEach(ByteBuf::release);
    }

    @Test
    void whatIsNotTakenIsReleased() {
        add("x");
        add("y");
        add("z".repeat(5_000));
        parts.release();
        assertThat(added).allMatch(part -> part.refCnt() == 0);
        assertThat(parts.isEmpty()).isTrue();
    }

    private void add(String text) {
        ByteBuf part = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        added.add(part);
        parts.add(part);
    }

    private List<String> drain() {
        var drained = new ArrayList<String>();
        for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
            drained.add(part.toString(StandardCharsets.US_ASCII));
            part.release();
        }
        return drained;
    }
}
