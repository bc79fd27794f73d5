package dev.portico.routetable;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void theWordsKnowOnlyTheJdk() {
        var words = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.portico.routetable");
        assertThat(words).isNotEmpty();
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.portico.routetable", "org.jspecify.annotations")
                .check(words);
    }

    @Test
    void theOrderOfFiltersNamesEveryFilterOnce() {
        assertThat(Filter.ORDER).doesNotHaveDuplicates();
        assertThat(List.<Class<?>>copyOf(Filter.ORDER))
                .containsExactlyInAnyOrder(Filter.class.getPermittedSubclasses());
    }

    @Test
    void aTableRefusesTwoSectionsOfOneKey() {
        var upstream = new Upstream("a", new Balancer.RoundRobin());
        assertThatThrownBy(() -> RouteTable.of(List.of(upstream, upstream))).hasMessageContaining("upstream/a");
    }

    @Test
    void aHostPatternRefusesUpperCaseAndWildcards() {
        assertThatThrownBy(() -> new HostPattern(HostPattern.Kind.EXACT, "Example.org"));
        assertThatThrownBy(() -> new HostPattern(HostPattern.Kind.ONE_LABEL, "*.example.org"));
        assertThatThrownBy(() -> new HostPattern(HostPattern.Kind.ANY, "example.org"));
        assertThatThrownBy(() -> new HostPattern(HostPattern.Kind.EXACT, ""));
    }

    @Test
    void aKeyRefusesAPartThatNeedsANameAndHasNone() {
        assertThatThrownBy(() -> new RateLimit.KeyPart(RateLimit.KeyPart.Attribute.COOKIE, null))
                .hasMessageContaining("COOKIE");
        assertThat(new RateLimit.KeyPart(RateLimit.KeyPart.Attribute.HOST, null).name())
                .isNull();
    }

    @Test
    void aHeaderRefusesAValueThatNoHeadCanHold() {
        assertThatThrownBy(() -> new HeaderChange.Header("X-Price", "10 \u20ac"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+20AC");
        assertThatThrownBy(() -> new HeaderChange.Header("X-Price", "10\r\nX-More: 1"))
                .hasMessageContaining("U+000D");
        assertThatThrownBy(() -> new RateLimit.Refusal(429, RateLimit.HeaderStyle.NONE, "no", "text/\u20ac"))
                .hasMessageContaining("contentType");
        assertThatThrownBy(() -> new HeaderChange.Header("X-Name", " a")).hasMessageContaining("no blank");
        assertThatThrownBy(() -> new HeaderChange.Header("X-Name", "a\t")).hasMessageContaining("no blank");
        assertThat(new HeaderChange.Header("X-Name", "a\tcaf\u00e9").value()).hasSize(6);
    }
}
