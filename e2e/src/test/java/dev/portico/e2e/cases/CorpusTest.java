package dev.portico.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CorpusTest {
    private static final Set<String> CLUSTER_SCOPED = Set.of("Namespace", "IngressClass");

    static Stream<Case> cases() {
        return Case.all();
    }

    @Test
    void hasAtLeastSixtyCases() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("cases"))) {
            assertThat(folders).hasSizeGreaterThanOrEqualTo(60).allMatch(Files::isDirectory);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyFileOfACaseIsUsed(Case one) throws IOException {
        try (Stream<Path> files = Files.list(one.folder())) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .contains("in.yaml", "requests.txt", "snapshot.yaml", "conditions.yaml")
                    .isSubsetOf(Case.FILES);
        }
        assertThat(one.requests()).isNotEmpty();
        Set<String> services = one.objects().stream()
                .filter(object -> object.is("Service"))
                .map(object -> object.text("metadata", "name"))
                .collect(java.util.stream.Collectors.toSet());
        assertThat(one.backends().byService().keySet()).isSubsetOf(services);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void namesOfTheClusterBeginWithTheCasesOwn(Case one) throws IOException {
        for (Tree object : one.objects()) {
            String scope = CLUSTER_SCOPED.contains(object.text("kind")) ? "name" : "namespace";
            assertThat(object.text("metadata", scope)).startsWith(one.name());
        }
        assertThat(one.objects().stream().map(object -> object.text("kind"))).doesNotContain("EndpointSlice");
        assertThat(List.copyOf(one.refused()))
                .allSatisfy(refused -> assertThat(refused.message()).isNotEmpty());
    }
}
