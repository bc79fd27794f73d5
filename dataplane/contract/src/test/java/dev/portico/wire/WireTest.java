package dev.portico.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.routetable.RouteTable;
import dev.portico.routetable.Section;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WireTest {
    @Test
    void everyMemberOfASealedTypeHasATagAndEveryTagAMember() {
        var members = new HashSet<Class<?>>();
        Tags.SEALED.forEach(type -> collect(type, members));
        assertThat(Tags.classes()).containsExactlyInAnyOrderElementsOf(members);
        assertThat(Tags.known()).hasSameSizeAs(Tags.classes());
    }

    private static void collect(Class<?> type, Set<Class<?>> members) {
        for (Class<?> member : type.getPermittedSubclasses()) {
            if (member.isSealed()) {
                collect(member, members);
            } else {
                members.add(member);
            }
        }
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws Exception {
        var all = new ArrayList<>(EveryWord.sections());
        all.addAll(EveryWord.newerUpstreams());
        for (Section section : all) {
            assertThat(SectionCodec.decode(SectionCodec.encode(section))).isEqualTo(section);
        }
    }

    @Test
    void equalSectionsHaveEqualLinesAndDigests() {
        var once = EveryWord.sections().stream().map(EncodedSection::of).toList();
        var again = EveryWord.sections().stream().map(EncodedSection::of).toList();
        assertThat(again).isEqualTo(once);
        assertThat(Root.of(again)).isEqualTo(Root.of(once));
    }

    @Test
    void theTableOfTheFirstReleaseIsStillRead() throws Exception {
        try (var stored = Objects.requireNonNull(WireTest.class.getResourceAsStream("/wire/0.1/table.ndjson"))) {
            var push = PushCodec.read(stored);
            var table = RouteTable.of(
                    push.put().stream().map(EncodedSection::section).toList());
            assertThat(table).isEqualTo(RouteTable.of(EveryWord.sectionsOfTheFirstRelease()));
            assertThat(push.root()).isEqualTo(Root.of(push.put()).toString());
        }
    }

    @Test
    void aListenerWithoutLimitsOfItsOwnDoesNotNameThem() {
        var listener = EveryWord.sectionsOfTheFirstRelease().getFirst();
        assertThat(new String(SectionCodec.encode(listener), StandardCharsets.UTF_8))
                .doesNotContain("limits");
    }

    @Test
    void anUnknownTagIsAnUnknownWord() {
        assertThatThrownBy(() -> decode("{\"is\":\"TcpListener\",\"id\":\"x\"}"))
                .isInstanceOf(UnknownWordException.class)
                .hasMessageContaining("TcpListener");
    }

    @Test
    void anUnknownComponentIsAnUnknownWord() {
        assertThatThrownBy(
                        () -> decode(
                                "{\"is\":\"Upstream\",\"id\":\"x\",\"balancer\":{\"is\":\"RoundRobin\",\"slowStart\":\"PT1S\"}}"))
                .isInstanceOf(UnknownWordException.class)
                .hasMessageContaining("slowStart");
    }

    @Test
    void anUnknownConstantIsAnUnknownWord() {
        var listener = new String(SectionCodec.encode(EveryWord.sections().getFirst()), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> decode(listener.replace("TLS_1_3", "TLS_1_4")))
                .isInstanceOf(UnknownWordException.class)
                .hasMessageContaining("TLS_1_4");
    }

    @Test
    void whatAWordRefusesIsMalformed() {
        assertThatThrownBy(
                        () -> decode(
                                "{\"is\":\"Endpoints\",\"upstream\":\"u\",\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":70000}]}"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("70000");
        assertThatThrownBy(() -> decode("{\"is\":\"Upstream\",\"id\":\"x\"}"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("balancer");
        assertThatThrownBy(() -> decode("[]")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> decode("")).isInstanceOf(MalformedException.class);
    }

    @Test
    void theRootOfATableIsReachedByDifferences() {
        var sections = EveryWord.sections().stream().map(EncodedSection::of).toList();
        var first = sections.getFirst();
        var last = sections.getLast();
        var root = Root.of(sections);
        assertThat(root.minus(first.digest())).isEqualTo(Root.of(sections.subList(1, sections.size())));
        assertThat(root.minus(first.digest()).minus(last.digest()).plus(first.digest()))
                .isEqualTo(Root.of(sections.subList(0, sections.size() - 1)));
    }

    @Test
    void aRootIsReadBackEqualAndNothingElseIsRead() throws MalformedException {
        var root = Root.of(EveryWord.sections().stream().map(EncodedSection::of).toList());
        assertThat(Root.read(root.toString())).isEqualTo(root);
        for (String bad : List.of("", root + "0", "x" + root.toString().substring(1))) {
            assertThatThrownBy(() -> Root.read(bad))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("expected 64 hexadecimal digits");
        }
    }

    @Test
    void aPushIsReadBackEqual() throws Exception {
        var put = EveryWord.sections().stream().map(EncodedSection::of).toList();
        var push = new Push("dp", 7, 42, "base", Root.of(put).toString(), put, List.of("upstream/gone"));
        assertThat(PushCodec.read(new ByteArrayInputStream(bytes(push)))).isEqualTo(push);
    }

    @Test
    void aPushThatIsCutAnywhereIsMalformed() throws IOException {
        var put = EveryWord.sections().stream().map(EncodedSection::of).toList();
        var whole = bytes(new Push("dp", 7, 42, null, Root.of(put).toString(), put, List.of()));
        for (int length = 0; length < whole.length; length++) {
            var cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PushCodec.read(cut)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void answersAreReadBackEqual() throws Exception {
        var ack = new Answer.Ack(
                3, 2, "r", SectionCodec.words(), List.of(new Answer.Outcome("http-80", "taken")), List.of());
        var nack = new Answer.Nack(3, 2, "r", Answer.Reason.UNKNOWN_WORD, "Filter 'Cors' is not known here");
        assertThat(AnswerCodec.read(AnswerCodec.write(ack))).isEqualTo(ack);
        assertThat(AnswerCodec.read(AnswerCodec.write(nack))).isEqualTo(nack);
    }

    @Test
    void aCertificateIsNeverPrintedWithItsKey() {
        assertThat(EveryWord.sections().getLast().toString()).doesNotContain("KEY");
        assertThat(EveryWord.newerUpstreams().toString()).doesNotContain("KEY");
    }

    static byte[] bytes(Push push) throws IOException {
        var out = new ByteArrayOutputStream();
        PushCodec.write(push, out);
        return out.toByteArray();
    }

    private static Section decode(String line) throws UnknownWordException, MalformedException {
        return SectionCodec.decode(line.getBytes(StandardCharsets.UTF_8));
    }
}
