package dev.portico.proxy.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code Seeds DIRECTORY}: writes well-formed messages to where Jazzer begins. */
final class Seeds {
    private Seeds() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        List<String> messages = Stream.of(Messages.REQUESTS, Messages.RESPONSES)
                .flatMap(List::stream)
                .toList();
        for (int i = 0; i < messages.size(); i++) {
            Files.write(directory.resolve("seed-" + i), Messages.octets(messages.get(i)));
        }
    }
}
