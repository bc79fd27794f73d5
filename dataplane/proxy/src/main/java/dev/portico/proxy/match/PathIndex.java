package dev.portico.proxy.match;

import dev.portico.proxy.match.Candidate.Ranked;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Exact paths and prefixes by elements. One pass over the path hashes it and asks at each element's end, so that the
 * longest one is found without cutting the path into strings; shorter ones hang on it as a chain made once. Hashes stand
 * in an array of their own: a probe that finds nothing touches no node, and memory is what look-ups in large tables cost.
 */
final class PathIndex<T> {
    private final int[] hashes;
    private final @Nullable Node<T>[] nodes;
    private final int longest;
    private final @Nullable Node<T> root;

    private PathIndex(int[] hashes, @Nullable Node<T>[] nodes, int longest, @Nullable Node<T> root) {
        this.hashes = hashes;
        this.nodes = nodes;
        this.longest = longest;
        this.root = root;
    }

    /** Of paths, and of prefixes as {@link Prefix#elements} gives them. */
    static <T> PathIndex<T> of(Map<String, List<Ranked<T>>> exact, Map<String, List<Ranked<T>>> prefixes) {
        // In the order of strings a prefix stands before everything that it covers.
        var paths = new TreeSet<>(prefixes.keySet());
        paths.addAll(exact.keySet());
        var byPath = new TreeMap<String, Node<T>>();
        for (String path : paths) {
            byPath.put(
                    path,
                    new Node<>(
                            path,
                            Candidate.chain(exact.getOrDefault(path, List.of())),
                            Candidate.chain(prefixes.getOrDefault(path, List.of())),
                            shorter(path, byPath)));
        }
        return table(byPath);
    }

    private static <T> PathIndex<T> table(Map<String, Node<T>> byPath) {
        int size = Integer.highestOneBit(Math.max(1, byPath.size())) * 4;
        int[] hashes = new int[size];
        @SuppressWarnings({"unchecked", "rawtypes"})
        @Nullable
        Node<T>[] nodes = new Node[size];
        int longest = 0;
        for (Node<T> node : byPath.values()) {
            // The same polynomial as in longest(): String says so in its specification.
            int hash = marked(node.path.hashCode());
            int slot = slot(hash, size);
            while (hashes[slot] != 0) {
                slot = (slot + 1) & (size - 1);
            }
            hashes[slot] = hash;
            nodes[slot] = node;
            longest = Math.max(longest, node.path.length());
        }
        return new PathIndex<>(hashes, nodes, longest, byPath.get(""));
    }

    private static <T> @Nullable Node<T> shorter(String path, Map<String, Node<T>> byPath) {
        for (int cut = path.lastIndexOf('/'); cut >= 0; cut = path.lastIndexOf('/', cut - 1)) {
            Node<T> node = byPath.get(path.substring(0, cut));
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    /** The longest path here that is the path or covers it; shorter ones follow by {@link Node#shorter}. */
    @Nullable
    Node<T> longest(String path) {
        Node<T> found = root;
        int hash = 0;
        int end = Math.min(path.length(), longest + 1);
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '/' && i > 0) {
                found = at(path, i, marked(hash), found);
            }
            hash = 31 * hash + c;
        }
        return end == path.length() ? at(path, end, marked(hash), found) : found;
    }

    private @Nullable Node<T> at(String path, int length, int hash, @Nullable Node<T> otherwise) {
        int size = hashes.length;
        for (int slot = slot(hash, size); hashes[slot] != 0; slot = (slot + 1) & (size - 1)) {
            Node<T> node = hashes[slot] == hash ? nodes[slot] : null;
            if (node != null && node.path.length() == length && path.startsWith(node.path)) {
                return node;
            }
        }
        return otherwise;
    }

    private static int slot(int hash, int size) {
        return (hash ^ (hash >>> 15)) & (size - 1);
    }

    /** 0 stands for an empty slot. */
    private static int marked(int hash) {
        return hash == 0 ? 1 : hash;
    }

    /** A path, the routes for it and for what it covers, and the next shorter path that covers it. */
    static final class Node<T> {
        final String path;
        final @Nullable Candidate<T> exact;
        final @Nullable Candidate<T> prefix;
        final @Nullable Node<T> shorter;

        private Node(
                String path, @Nullable Candidate<T> exact, @Nullable Candidate<T> prefix, @Nullable Node<T> shorter) {
            this.path = path;
            this.exact = exact;
            this.prefix = prefix;
            this.shorter = shorter;
        }
    }
}
