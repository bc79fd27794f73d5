package dev.portico.images;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image as Jib wrote it. */
record ImageTar(Path unpacked) {
    static Path file(Program program) {
        return Path.of("..", program.toString(), "target", "portico-" + program + ".tar");
    }

    static ImageTar unpack(Program program, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        tar("-xf", file(program).toString(), "-C", directory.toString());
        return new ImageTar(directory);
    }

    /** The files of all layers; what a runtime mounts has its place. */
    Path root() throws IOException, InterruptedException {
        Path root = Files.createDirectory(unpacked.resolve("root"));
        for (String digest : digests(manifest().getJsonArray("layers"))) {
            tar("-xzf", blob(digest).toString(), "-C", root.toString());
        }
        Files.createDirectory(root.resolve("proc"));
        Files.createDirectory(root.resolve("dev"));
        return root;
    }

    /** How a container of it is started. */
    JsonObject config() throws IOException {
        return json(blob(manifest().getJsonObject("config").getString("digest")))
                .getJsonObject("config");
    }

    private JsonObject manifest() throws IOException {
        var index = json(unpacked.resolve("index.json"));
        return json(blob(digests(index.getJsonArray("manifests")).getFirst()));
    }

    private Path blob(String digest) {
        return unpacked.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static List<String> digests(JsonArray descriptors) {
        return descriptors.stream()
                .map(JsonObject.class::cast)
                .map(descriptor -> descriptor.getString("digest"))
                .toList();
    }

    private static JsonObject json(Path file) throws IOException {
        return new JsonObject(Files.readString(file));
    }

    private static void tar(String... arguments) throws IOException, InterruptedException {
        var process = new ProcessBuilder(new ArrayList<>(List.of("tar", "--warning=no-unknown-keyword"))).inheritIO();
        process.command().addAll(List.of(arguments));
        if (process.start().waitFor() != 0) {
            throw new IOException("failed: " + process.command());
        }
    }
}
