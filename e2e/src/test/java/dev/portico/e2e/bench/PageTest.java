package dev.portico.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
    private static final List<String> NAMES = List.of("first", "second");
    private static final String TABLE = """
            | scenario | cost |
            |---|---|
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void whatIsMeasuredAgainIsReplacedAndTheRestStaysInItsPlace() throws IOException {
        write(chapter("second", "1.00"));
        write(chapter("first", "2.00"));
        write(chapter("second", "3.00"));
        assertThat(Files.readString(file())).isEqualTo("""
                # Head

                | scenario | cost |
                |---|---|
                | first | 2.00 |
                | second | 3.00 |

                ## first: title

                It cost 2.00.

                ## second: title

                It cost 3.00.
                """);
    }

    @Test
    void aScenarioThatIsMeasuredNoMoreIsLeftOut() throws IOException {
        write(chapter("first", "1.00"));
        Page page = Page.read(file(), TABLE, List.of("second"));
        page.write("# Head\n");
        assertThat(Files.readString(file())).doesNotContain("first");
    }

    private void write(Chapter chapter) throws IOException {
        Page page = Page.read(file(), TABLE, NAMES);
        page.put(chapter);
        page.write("# Head\n");
    }

    private Path file() {
        return directory.resolve("page.md");
    }

    private static Chapter chapter(String name, String cost) {
        return new Chapter(name, "title", "| %s | %s |".formatted(name, cost), "It cost %s.\n".formatted(cost));
    }
}
