package dev.portico.standalone.folder;

import dev.portico.operator.model.ObjectRef;
import dev.portico.standalone.yaml.YamlDocument;
import dev.portico.standalone.yaml.YamlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one file into objects. */
final class FileReader {
    private static final long LARGEST_FILE = 64L << 20;
    private static final Pattern KIND = Pattern.compile("(?m)^\"?kind\"?: *\"?([A-Za-z]+)");
    private static final Pattern NAME =
            Pattern.compile("(?m)^ +\"?name\"?: *\"?([-a-z0-9.]+)|[{,] *name: *([-a-z0-9.]+)");

    private final List<SourceObject> objects = new ArrayList<>();
    private final List<LocatedProblem> problems = new ArrayList<>();
    private final String file;

    private FileReader(String file) {
        this.file = file;
    }

    static FileContent read(Path path, String file) {
        try {
            if (Files.size(path) > LARGEST_FILE) {
                return FileContent.unreadable(
                        LocatedProblem.of(file, 0, "is larger than " + (LARGEST_FILE >> 20) + " MiB: split it"));
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return read(text, file);
        } catch (CharacterCodingException e) {
            return FileContent.unreadable(LocatedProblem.of(file, 0, "is not UTF-8 text"));
        } catch (IOException e) {
            return FileContent.unreadable(LocatedProblem.of(file, 0, "cannot be read: " + e));
        }
    }

    static FileContent read(String text, String file) {
        var reader = new FileReader(file);
        for (Documents.Part part : Documents.of(text)) {
            reader.document(part);
        }
        return new FileContent(reader.objects, reader.problems);
    }

    private void document(Documents.Part part) {
        try {
            var document = YamlDocument.read(part.text(), part.firstLine());
            if (document.value() != null) {
                value(document);
            }
        } catch (YamlException e) {
            problems.add(new LocatedProblem(file, e.line(), guess(part.text()), e.field(), null, e.problem()));
        }
    }

    private void value(YamlDocument document) {
        if (!(document.value() instanceof Map<?, ?> map)) {
            malformed(document, "", "", "a document must be a mapping with apiVersion, kind and metadata");
        } else if ("List".equals(map.get("kind")) && "v1".equals(map.get("apiVersion"))) {
            document.items("items").forEach(this::value);
        } else {
            object(document, map);
        }
    }

    private void object(YamlDocument document, Map<?, ?> map) {
        var apiVersion = text(map.get("apiVersion"));
        var kind = text(map.get("kind"));
        var metadata = map.get("metadata") instanceof Map<?, ?> found ? found : Map.of();
        var name = text(metadata.get("name"));
        var namespace = text(metadata.get("namespace"));
        var shown = shown(kind, namespace, name);
        if (apiVersion == null) {
            malformed(document, shown, "apiVersion", "is required, as in networking.k8s.io/v1");
        } else if (kind == null) {
            malformed(document, shown, "kind", "is required, as in Ingress");
        } else if (name == null) {
            malformed(document, shown, "metadata.name", "is required");
        } else if (!Kinds.known(apiVersion, kind)) {
            malformed(document, shown, Kinds.fieldToBlame(apiVersion, kind), Kinds.expectation(apiVersion, kind));
        } else if (!Kinds.read(apiVersion, kind)) {
            return;
        } else {
            objects.add(sourceObject(document, map, ref(apiVersion, kind, namespace, name)));
        }
    }

    private SourceObject sourceObject(YamlDocument document, Map<?, ?> map, ObjectRef ref) {
        var content = copy(map);
        var metadata = copy((Map<?, ?>) map.get("metadata"));
        metadata.remove("namespace");
        if (!ref.namespace().isEmpty()) {
            metadata.put("namespace", ref.namespace());
        }
        content.put("metadata", metadata);
        return new SourceObject(ref, file, content, document.places());
    }

    private void malformed(YamlDocument document, String object, String field, String expectation) {
        var places = document.places();
        problems.add(new LocatedProblem(file, places.line(field), object, field, places.value(field), expectation));
    }

    private static ObjectRef ref(String apiVersion, String kind, @Nullable String namespace, String name) {
        var slash = apiVersion.indexOf('/');
        var scope = Kinds.namespaced(kind) ? (namespace == null ? "default" : namespace) : "";
        return new ObjectRef(slash < 0 ? "" : apiVersion.substring(0, slash), kind, scope, name);
    }

    private static Map<String, @Nullable Object> copy(@Nullable Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (map != null) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    /** Names the object of a document that is no YAML, as well as its text lets us. */
    private static String guess(String text) {
        var kind = KIND.matcher(text);
        var name = NAME.matcher(text);
        var found = name.find() ? (name.group(1) == null ? name.group(2) : name.group(1)) : null;
        return kind.find() ? shown(kind.group(1), null, found) : "";
    }

    private static String shown(@Nullable String kind, @Nullable String namespace, @Nullable String name) {
        var start = kind == null ? "object" : kind;
        var scope = namespace == null || (kind != null && !Kinds.namespaced(kind)) ? "" : "/" + namespace;
        return start + scope + (name == null ? "" : "/" + name);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() ? text : null;
    }
}
