package dev.portico.standalone.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Makes maps and lists of nodes. An alias stands for a copy, so the copies are counted. */
final class Tree {
    private static final int MOST_NODES = 500_000;
    private static final int DEEPEST = 100;

    private final int firstLine;
    private int nodes;

    Tree(int firstLine) {
        this.firstLine = firstLine;
    }

    @Nullable
    Object value(Node node, String path, int depth) throws YamlException {
        if (depth > DEEPEST) {
            throw refused(node, path, "is nested deeper than " + DEEPEST + " levels");
        }
        if (++nodes > MOST_NODES) {
            throw refused(node, path, "has more than " + MOST_NODES + " values once its aliases are resolved");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> list(sequence, path, depth);
            case MappingNode mapping -> map(mapping, path, depth);
            default -> throw refused(node, path, "is neither mapping, list nor scalar");
        };
    }

    private static @Nullable Object scalar(ScalarNode node) {
        return node.isPlain() && !node.getTag().equals(Tag.BINARY) ? Scalars.resolve(node.getValue()) : node.getValue();
    }

    private List<@Nullable Object> list(SequenceNode node, String path, int depth) throws YamlException {
        var list = new ArrayList<@Nullable Object>(node.getValue().size());
        for (Node item : node.getValue()) {
            list.add(value(item, path + "[" + list.size() + "]", depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(MappingNode node, String path, int depth) throws YamlException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (NodeTuple tuple : node.getValue()) {
            var key = key(tuple.getKeyNode(), path);
            var field = path.isEmpty() ? key : path + "." + key;
            if (map.containsKey(key)) {
                throw refused(tuple.getKeyNode(), field, "stands here a second time: a key may stand once");
            }
            if (key.equals("<<")) {
                throw refused(tuple.getKeyNode(), field, "merge keys are no YAML 1.2: write the fields out");
            }
            map.put(key, value(tuple.getValueNode(), field, depth + 1));
        }
        return map;
    }

    private String key(Node node, String path) throws YamlException {
        if (!(node instanceof ScalarNode scalar)) {
            throw refused(node, path, "has a key that is no text");
        }
        var value = scalar(scalar);
        return value instanceof Boolean ? value.toString() : scalar.getValue();
    }

    private YamlException refused(Node node, String path, String message) {
        return new YamlException(firstLine + Places.line(node), path, message);
    }
}
