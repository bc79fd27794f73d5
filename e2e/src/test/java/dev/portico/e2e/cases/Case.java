package dev.portico.e2e.cases;

import dev.portico.e2e.requests.Ask;
import dev.portico.e2e.requests.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of the corpus. */
public record Case(Path folder) {
    /** What a case may consist of; the first two it must have, the goldens are written by -Dgolden.update=true. */
    public static final Set<String> FILES =
            Set.of("in.yaml", "requests.txt", "snapshot.yaml", "conditions.yaml", "backends.yaml", "refused.yaml");

    /** The whole corpus, or what -Dcase=NAME names. */
    public static Stream<Case> all() {
        Path corpus = Path.of("cases");
        String only = System.getProperty("case", "");
        try (Stream<Path> folders = Files.list(corpus)) {
            return folders
                    .filter(folder -> only.isEmpty() || name(folder).equals(only))
                    .sorted()
                    .map(Case::new)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path path) {
        return path.getName(path.getNameCount() - 1).toString();
    }

    public String name() {
        return name(folder);
    }

    /** What the user applies. */
    public List<Tree> objects() throws IOException {
        return Tree.documents(folder.resolve("in.yaml"));
    }

    public List<Ask> requests() throws IOException {
        return Requests.read(folder.resolve("requests.txt"));
    }

    public Backends backends() throws IOException {
        Path file = folder.resolve("backends.yaml");
        return Backends.of(Files.exists(file) ? Tree.of(Yaml.documents(file).getFirst()) : new Tree(Map.of()));
    }

    /** The golden tables by data plane, with the keys that they name. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> snapshot(Keys keys) throws IOException {
        return (Map<String, Object>)
                keys.reveal(Yaml.documents(folder.resolve("snapshot.yaml")).getFirst());
    }

    /** The golden of what users are told. */
    public Tree conditions() throws IOException {
        return Tree.documents(folder.resolve("conditions.yaml")).getFirst();
    }

    public List<Refused> refused() throws IOException {
        Path file = folder.resolve("refused.yaml");
        if (!Files.exists(file)) {
            return List.of();
        }
        return new Tree(Map.of("refused", Yaml.documents(file).getFirst()))
                .trees("refused").stream()
                        .map(entry -> new Refused(entry.text("message"), entry.tree("object")))
                        .toList();
    }

    /** An object that the schema or its rules refuse with a message that contains this one. */
    public record Refused(String message, Tree object) {}

    @Override
    public String toString() {
        return name();
    }
}
