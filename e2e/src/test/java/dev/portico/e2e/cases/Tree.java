package dev.portico.e2e.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map of a YAML document, with ways to what is in it. */
public record Tree(Map<String, Object> map) {
    @SuppressWarnings("unchecked")
    public static Tree of(Object value) {
        return new Tree((Map<String, Object>) value);
    }

    /** All documents of a file. */
    public static List<Tree> documents(Path file) throws IOException {
        return Yaml.documents(file).stream().map(Tree::of).toList();
    }

    /** What stands at a path of keys, if anything. */
    public Optional<Object> find(String... path) {
        @Nullable Object found = map;
        for (String key : path) {
            found = found instanceof Map<?, ?> inner ? inner.get(key) : null;
        }
        return Optional.ofNullable(found);
    }

    public Object get(String... path) {
        return find(path)
                .orElseThrow(() -> new IllegalArgumentException("nothing at " + String.join(".", path) + " in " + map));
    }

    public String text(String... path) {
        return (String) get(path);
    }

    public Tree tree(String... path) {
        return of(get(path));
    }

    public List<Tree> trees(String... path) {
        return ((List<?>) get(path)).stream().map(Tree::of).toList();
    }

    public List<Tree> treesOrNone(String... path) {
        return find(path).isPresent() ? trees(path) : List.of();
    }

    /** Whether it is an object of this kind. */
    public boolean is(String kind) {
        return get("kind").equals(kind);
    }
}
