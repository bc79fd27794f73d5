package dev.portico.standalone.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One value of a document: what it says, and where.
 *
 * @param value maps, lists, text, numbers, booleans and null
 */
public record YamlDocument(@Nullable Object value, Places places) {
    private static final int LARGEST = 64 << 20;

    /** Reads a text that holds one document; {@code firstLine} is the line on which it begins in its file. */
    public static YamlDocument read(String text, int firstLine) throws YamlException {
        var settings = LoadSettings.builder()
                .setCodePointLimit(LARGEST)
                // By default it copies what it holds of a long scalar every 1024 characters: seconds for a megabyte.
                .setBufferSize(Math.max(1024, text.length() + 1))
                .setAllowDuplicateKeys(true)
                .build();
        try {
            var root = new Compose(settings).composeString(text);
            return root.isPresent() ? of(root.get(), firstLine) : new YamlDocument(null, new Places(null, firstLine));
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
            throw new YamlException(firstLine + line, "", "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new YamlException(firstLine, "", "is not YAML: " + firstSentence(e));
        } catch (StackOverflowError e) {
            throw new YamlException(firstLine, "", "is nested too deeply");
        }
    }

    private static YamlDocument of(Node root, int firstLine) throws YamlException {
        return new YamlDocument(new Tree(firstLine).value(root, "", 0), new Places(root, firstLine));
    }

    /** The entries of a list in it, each as a document of its own. */
    public List<YamlDocument> items(String key) {
        if (!(value instanceof Map<?, ?> map) || !(map.get(key) instanceof List<?> list)) {
            return List.of();
        }
        var found = new LinkedHashMap<Integer, YamlDocument>();
        for (int i = 0; i < list.size(); i++) {
            found.put(i, new YamlDocument(list.get(i), places.below(key + "[" + i + "]")));
        }
        return List.copyOf(found.values());
    }

    private static String firstSentence(YamlEngineException e) {
        var message = e.getMessage();
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
