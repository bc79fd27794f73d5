package dev.portico.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.e2e.cases.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What module crds claims of a real API server. */
@Tag("api-server")
final class ExamplesTest {
    private static Cluster cluster;

    @BeforeAll
    static void install() throws IOException {
        cluster = Cluster.withCrds();
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    static Stream<Path> valid() throws IOException {
        return examples("valid");
    }

    static Stream<Path> invalid() throws IOException {
        return examples("invalid");
    }

    private static Stream<Path> examples(String kind) throws IOException {
        try (var files = Files.list(Path.of("../crds", kind))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void takesEveryValidExample(Path file) throws IOException {
        for (Tree object : Tree.documents(file)) {
            assertThatCode(() -> cluster.judge(object.map())).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesEveryInvalidExampleInTheWordsItExpects(Path file) throws IOException {
        String expected = Files.readAllLines(file).getFirst().replaceFirst("^# expect: ", "");
        for (Tree object : Tree.documents(file)) {
            assertThatThrownBy(() -> cluster.judge(object.map())).hasMessageContaining(expected);
        }
    }
}
