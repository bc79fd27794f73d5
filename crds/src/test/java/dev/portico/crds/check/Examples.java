package dev.portico.crds.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples in {@code valid/} and {@code invalid/}, which a real API server judges as well. */
final class Examples {
    private Examples() {}

    static Stream<Path> in(String folder) throws IOException {
        try (var files = Files.list(Path.of(folder))) {
            return files.sorted().toList().stream();
        }
    }

    /** What the first line of an invalid example expects to be told. */
    static String expected(Path file) throws IOException {
        String first = Files.readAllLines(file).get(0);
        if (!first.startsWith("# expect: ")) {
            throw new IllegalStateException(file + " begins with " + first + ", expected # expect: <message>");
        }
        return first.substring("# expect: ".length());
    }

    static List<Map<String, @Nullable Object>> objects(Path file) throws IOException {
        return objects(Files.readString(file));
    }

    static List<Map<String, @Nullable Object>> objects(String yaml) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(tree -> objects.add(Types.map(tree)));
        return objects;
    }

    static Map<String, @Nullable Object> object(String yaml) {
        return objects(yaml).get(0);
    }
}
