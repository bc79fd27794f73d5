package dev.portico.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.routetable.ClientTraffic.EscapedSlashes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NormalPathTest {
    @Property(tries = 2_000)
    void whatPassesIsInItsLastFormAndHasNoDotSegments(@ForAll("paths") String path, @ForAll EscapedSlashes slashes) {
        String normal = NormalPath.of(path, slashes);
        if (normal != null) {
            assertThat(NormalPath.of(normal, slashes)).isEqualTo(normal);
            assertThat(List.of(normal.split("/", -1))).doesNotContain(".", "..");
            assertThat(normal).startsWith("/").matches("[!-~]+").doesNotContain("\\", "%2e", "%2E");
        }
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "/", "a", ".", "..", "%2e", "%2E", "%2f", "%5C", ";", "%", "%41", "%25", "\\", " ", "\u00e4",
                        "%c3")
                .list()
                .ofMaxSize(8)
                .map(parts -> "/" + String.join("", parts));
    }
}
