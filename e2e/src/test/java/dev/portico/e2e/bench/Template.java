package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration of {@code e2e/bench} with its words between {@code @} filled in. */
final class Template {
    private static final Pattern WORD = Pattern.compile("@([A-Z0-9]+)@");

    private Template() {}

    static void fill(String template, Map<String, ?> values, Path file) throws IOException {
        Matcher word = WORD.matcher(Files.readString(Path.of("bench", template)));
        Files.writeString(file, word.replaceAll(found -> {
            Object value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        template + " has " + found.group() + ", expected one of " + values.keySet());
            }
            return Matcher.quoteReplacement(value.toString());
        }));
    }
}
