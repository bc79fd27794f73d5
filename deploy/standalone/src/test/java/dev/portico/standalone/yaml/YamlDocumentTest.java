package dev.portico.standalone.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlDocumentTest {
    @ParameterizedTest
    @CsvSource({"yes", "on", "true", "Y", "On"})
    void wordsThatKubernetesTakesForTrueAreTrue(String word) throws YamlException {
        assertThat(value("a: " + word)).isEqualTo(Map.of("a", true));
        assertThat(value("a: \"" + word + "\"")).isEqualTo(Map.of("a", word));
    }

    @Test
    void numbersTextAndNothingAreToldApart() throws YamlException {
        assertThat(
                        value(
                                "[80, -1, 5000000000, 0x1f, 010, 1.5, 1e3, 1.2.3, 012x, ~, '', 2026-11-22, 100000000000000000000]"))
                .isEqualTo(Arrays.asList(
                        80, -1, 5000000000L, 31, 8, 1.5, 1000.0, "1.2.3", "012x", null, "", "2026-11-22", 1.0e20));
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWithItsLine() {
        assertThatThrownBy(() -> YamlDocument.read("a: 1\nb:\n  c: 1\n  c: 2\n", 10))
                .isInstanceOfSatisfying(YamlException.class, e -> {
                    assertThat(e.line()).isEqualTo(13);
                    assertThat(e.field()).isEqualTo("b.c");
                })
                .hasMessageContaining("second time");
    }

    @Test
    void aDocumentThatGrowsByItsAliasesIsRefused() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append("*a")
                    .append(i - 1)
                    .append(", ")
                    .append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("]\n");
        }
        assertThatThrownBy(() -> value(bomb.toString())).hasMessageContaining("aliases");
    }

    @Test
    void anAliasOfItselfIsRefused() {
        assertThatThrownBy(() -> value("a: &a [*a]")).isInstanceOf(YamlException.class);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThatThrownBy(() -> value("[".repeat(100_000))).isInstanceOf(YamlException.class);
        assertThatThrownBy(() -> value("[".repeat(200) + "]".repeat(200))).hasMessageContaining("deeper");
    }

    @Test
    void brokenSyntaxIsRefusedWithItsLine() {
        assertThatThrownBy(() -> YamlDocument.read("a: 1\nb: [1, 2\nc: 3\n", 5))
                .isInstanceOfSatisfying(
                        YamlException.class, e -> assertThat(e.line()).isBetween(6, 8));
    }

    @Test
    void placesKnowTheLinesOfFields() throws YamlException {
        var places = YamlDocument.read("""
                        spec:
                          rules:
                          - host: a
                          - host: b
                            name: second
                        metadata:
                          annotations:
                            example.org/a.b: "1"
                        """, 1).places();
        assertThat(places.line("spec.rules[1].host")).isEqualTo(4);
        assertThat(places.value("spec.rules[1].host")).isEqualTo("b");
        assertThat(places.line("spec.rules[name=second].host")).isEqualTo(4);
        assertThat(places.line("spec.rules[1].absent")).isEqualTo(4);
        assertThat(places.line("metadata.annotations.example.org/a.b")).isEqualTo(8);
        assertThat(places.value("metadata.annotations[example.org/a.b]")).isEqualTo("1");
        assertThat(places.line("")).isEqualTo(1);
    }

    private static Object value(String text) throws YamlException {
        var value = YamlDocument.read(text, 1).value();
        return value == null ? List.of() : value;
    }
}
