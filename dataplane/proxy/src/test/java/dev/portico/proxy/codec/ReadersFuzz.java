package dev.portico.proxy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What must hold of any octets. The shape of the entry is the one that Jazzer looks for. */
public final class ReadersFuzz {
    private ReadersFuzz() {}

    public static void fuzzerTestOneInput(byte[] octets) {
        requests(octets);
        responses(octets);
    }

    static void requests(byte[] octets) {
        List<String> whole = ByUs.requests(octets);
        assertThat(ByUs.requests(octets, ByUs.everywhere(octets))).isEqualTo(whole);
        assertAlike(octets, whole, ByNetty.requests(octets));
    }

    static void responses(byte[] octets) {
        for (boolean toHead : List.of(true, false)) {
            List<String> whole = ByUs.responses(toHead, octets);
            assertThat(ByUs.responses(toHead, octets, ByUs.everywhere(octets))).isEqualTo(whole);
            assertAlike(octets, whole, ByNetty.responses(toHead, octets));
        }
    }

    /** Either the same is found, or we refuse what Netty reads, for a reason of {@link Stricter}. */
    private static void assertAlike(byte[] octets, List<String> ours, List<String> netty) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (ours.equals(netty) || isRefusedByItsFirstOctet(text, ours, netty)) {
            return;
        }
        assertThat(ours).as("of %s, where Netty reads %s", text, netty).isNotEmpty();
        assertThat(ours.getLast())
                .as("of %s, where Netty reads %s", text, netty)
                .isIn(Found.UNREADABLE, Found.BROKEN);
        assertThat(String.join("\n", netty)).startsWith(String.join("\n", ours.subList(0, ours.size() - 1)));
        assertThat(Arrays.stream(Stricter.values()).filter(why -> why.holds(text)))
                .as("reasons to refuse %s, where Netty reads %s", text, netty)
                .isNotEmpty();
    }

    /** Netty does not wait for the end of a line that begins with a control character; we do. */
    private static boolean isRefusedByItsFirstOctet(String text, List<String> ours, List<String> netty) {
        return !text.endsWith("\n")
                && netty.size() == ours.size() + 1
                && netty.getLast().equals(Found.UNREADABLE)
                && netty.subList(0, ours.size()).equals(ours);
    }
}
