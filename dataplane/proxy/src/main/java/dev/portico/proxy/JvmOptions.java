package dev.portico.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The options of a data plane's JVM, from the one file that says why each is there. */
public final class JvmOptions {
    private static final String FILE = "jvm.options";

    private JvmOptions() {}

    /** All of them, for whoever starts a data plane as a process. */
    public static List<String> all() {
        try (InputStream file = JvmOptions.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(
                        FILE + " is not in the class path, expected it beside " + JvmOptions.class);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
