package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of results: what it says of the scenarios that are measured is replaced, the rest stays as it was measured
 * before.
 */
final class Page {
    private final Path file;
    private final String table;
    private final Map<String, String> rows = new LinkedHashMap<>();
    private final Map<String, String> chapters = new LinkedHashMap<>();

    private Page(Path file, String table, List<String> names) {
        this.file = file;
        this.table = table;
        names.forEach(name -> rows.put(name, ""));
        names.forEach(name -> chapters.put(name, ""));
    }

    /**
     * Reads the page, if there is one; scenarios that are known no more are left out, others stand in this order.
     *
     * @param table how the table of scenarios begins
     */
    static Page read(Path file, String table, List<String> names) throws IOException {
        var page = new Page(file, table, names);
        if (Files.exists(file)) {
            String[] parts = Files.readString(file).split("(?m)^## ");
            parts[0].lines()
                    .filter(line -> line.startsWith("| "))
                    .forEach(row -> page.rows.computeIfPresent(row.split(" ")[1], (name, empty) -> row + "\n"));
            Stream.of(parts)
                    .skip(1)
                    .forEach(chapter -> page.chapters.computeIfPresent(
                            chapter.split(":")[0], (name, empty) -> "## " + chapter.strip() + "\n"));
        }
        return page;
    }

    void put(Chapter chapter) {
        rows.put(chapter.name(), chapter.row() == null ? "" : chapter.row() + "\n");
        chapters.put(chapter.name(), "## %s: %s\n\n%s".formatted(chapter.name(), chapter.title(), chapter.text()));
    }

    void write(String head) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String all =
                chapters.values().stream().filter(chapter -> !chapter.isEmpty()).collect(Collectors.joining("\n"));
        Files.writeString(file, head + "\n" + table + String.join("", rows.values()) + "\n" + all);
    }
}
