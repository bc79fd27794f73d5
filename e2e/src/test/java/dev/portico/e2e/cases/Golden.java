package dev.portico.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a test compares with, and rewrites where -Dgolden.update=true says so. */
public record Golden(Path file) {
    public void check(Object document) throws IOException {
        String text = Yaml.write(document);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
            return;
        }
        assertThat(file)
                .as("golden file; -Dgolden.update=true writes it, the difference is for a person to judge")
                .exists();
        assertThat(text).as(file.toString()).isEqualTo(Files.readString(file));
    }
}
