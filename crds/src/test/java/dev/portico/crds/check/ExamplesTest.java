package dev.portico.crds.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final OfflineChecker CHECKER = OfflineChecker.portico();

    static Stream<Path> valid() throws IOException {
        return Examples.in("valid");
    }

    static Stream<Path> invalid() throws IOException {
        return Examples.in("invalid");
    }

    @ParameterizedTest
    @MethodSource
    void valid(Path file) throws IOException {
        for (Map<String, @Nullable Object> object : Examples.objects(file)) {
            assertThat(CHECKER.check(object).findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource
    void invalid(Path file) throws IOException {
        List<String> messages = CHECKER.check(Examples.objects(file).get(0)).findings().stream()
                .map(Finding::message)
                .toList();
        assertThat(messages).anySatisfy(message -> assertThat(message).contains(expected(file)));
    }

    private static String expected(Path file) throws IOException {
        return Examples.expected(file);
    }

    @Test
    void everyInvalidExampleHasOneMistake() throws IOException {
        for (Path file : Examples.in("invalid").toList()) {
            assertThat(Examples.objects(file)).as(file.toString()).hasSize(1);
        }
    }
}
