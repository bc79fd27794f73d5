package dev.portico.e2e.requests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code requests.txt}. */
public final class Requests {
    private Requests() {}

    public static List<Ask> read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * @param name names the text in messages
     * @throws IllegalArgumentException naming the line, at the first thing that the grammar does not know
     */
    public static List<Ask> parse(String name, String text) {
        var asks = new ArrayList<Ask>();
        AskReader open = null;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (!line.startsWith(" ")) {
                    if (open != null) {
                        asks.add(open.ask());
                    }
                    open = new AskReader(number, line);
                } else if (open == null) {
                    throw new IllegalArgumentException("a detail comes before the first request");
                } else {
                    open.detail(line.strip());
                }
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(name + ":" + number + ": " + e.getMessage() + "\n  " + line, e);
            }
        }
        if (open == null) {
            throw new IllegalArgumentException(name + " asks nothing, expected at least one request");
        }
        asks.add(open.ask());
        return asks;
    }
}
