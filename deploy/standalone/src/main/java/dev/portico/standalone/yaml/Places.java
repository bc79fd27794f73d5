package dev.portico.standalone.yaml;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Where fields stand. A path is written as users read it: {@code spec.rules[0].host}; an entry of a list may be named by
 * a member, as in {@code spec.listeners[name=web]}.
 */
public final class Places {
    /** Of what no document says. */
    public static final Places NONE = new Places(null, 0);

    private static final Pattern STEP = Pattern.compile("\\[([^\\]]*)\\]|\\.?([^.\\[]+)");

    private final @Nullable Node root;
    private final int firstLine;

    Places(@Nullable Node root, int firstLine) {
        this.root = root;
        this.firstLine = firstLine;
    }

    /** The line of a field, or of what is nearest above it. */
    public int line(String path) {
        return root == null ? firstLine : firstLine + line(walk(root, path).nearest());
    }

    /** The text of a field that is there and is neither a mapping nor a list. */
    public @Nullable String value(String path) {
        if (root == null || path.isEmpty()) {
            return null;
        }
        var end = walk(root, path);
        return end.complete() && end.value() instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    /** Whether anything stands there. */
    public boolean has(String path) {
        return root != null && walk(root, path).complete();
    }

    Places below(String path) {
        return root == null ? this : new Places(walk(root, path).value(), firstLine);
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine()).orElse(0);
    }

    private static End walk(Node from, String path) {
        var at = new End(from, from, true);
        var steps = STEP.matcher(path);
        while (steps.find()) {
            var next = step(at.value(), steps.group(1), steps.group(2), path.substring(steps.start()));
            if (next == null) {
                return new End(at.nearest(), at.value(), false);
            }
            at = next;
            if (at.value() instanceof ScalarNode) {
                break;
            }
        }
        return at;
    }

    private static @Nullable End step(Node node, @Nullable String index, @Nullable String key, String rest) {
        return switch (node) {
            case SequenceNode list when index != null -> entry(list, index);
            case MappingNode map -> member(map, index != null ? index : String.valueOf(key), rest);
            default -> null;
        };
    }

    private static @Nullable End entry(SequenceNode list, String index) {
        for (int i = 0; i < list.getValue().size(); i++) {
            var item = list.getValue().get(i);
            if (index.equals(Integer.toString(i)) || named(item, index)) {
                return new End(item, item, true);
            }
        }
        return null;
    }

    private static boolean named(Node item, String index) {
        var equals = index.indexOf('=');
        if (equals < 0) {
            return false;
        }
        var member = step(item, null, index.substring(0, equals), "");
        return member != null
                && member.value() instanceof ScalarNode scalar
                && scalar.getValue().equals(index.substring(equals + 1));
    }

    /** Keys may hold dots, as annotations do: then all that is left of the path is the key. */
    private static @Nullable End member(MappingNode map, String key, String rest) {
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name
                    && (name.getValue().equals(key)
                            || (key.length() < rest.length()
                                    && rest.substring(1).equals(name.getValue())))) {
                return new End(tuple.getKeyNode(), tuple.getValueNode(), true);
            }
        }
        return null;
    }

    private record End(Node nearest, Node value, boolean complete) {}
}
