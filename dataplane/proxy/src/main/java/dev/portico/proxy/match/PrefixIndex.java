package dev.portico.proxy.match;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prefixes by elements. One pass over the path hashes it and asks at each element's end, so that the longest prefix is
 * found without cutting the path into strings; shorter ones hang on it as a chain made when the index is built.
 */
final class PrefixIndex<T> {
    private final @Nullable Node<T>[] table;
    private final int mask;
    private final int longest;
    private final @Nullable Node<T> root;

    private PrefixIndex(@Nullable Node<T>[] table, int longest, @Nullable Node<T> root) {
        this.table = table;
        this.mask = table.length - 1;
        this.longest = longest;
        this.root = root;
    }

    /** Of prefixes as {@link Prefix#elements} gives them. */
    static <T> PrefixIndex<T> of(Map<String, List<Candidate<T>>> byPrefix) {
        int size = Integer.highestOneBit(Math.max(1, byPrefix.size()) * 4);
        @SuppressWarnings({"unchecked", "rawtypes"})
        @Nullable
        Node<T>[] table = new Node[size];
        int longest = 0;
        var nodes = new TreeMap<String, Node<T>>();
        // In the order of strings a prefix stands before everything that it covers.
        for (String prefix : new TreeMap<>(byPrefix).keySet()) {
            Node<T> node =
                    new Node<>(prefix, List.copyOf(byPrefix.getOrDefault(prefix, List.of())), shorter(prefix, nodes));
            nodes.put(prefix, node);
            longest = Math.max(longest, prefix.length());
            insert(table, node);
        }
        return new PrefixIndex<>(table, longest, nodes.get(""));
    }

    /** The longest prefix that covers the path; shorter ones follow by {@link Node#shorter}. */
    @Nullable
    Node<T> longest(String path) {
        Node<T> found = root;
        int hash = 0;
        int end = Math.min(path.length(), longest + 1);
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '/' && i > 0) {
                found = at(path, i, hash, found);
            }
            hash = 31 * hash + c;
        }
        return end == path.length() ? at(path, end, hash, found) : found;
    }

    private @Nullable Node<T> at(String path, int length, int hash, @Nullable Node<T> otherwise) {
        for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
            Node<T> node = table[slot];
            if (node == null) {
                return otherwise;
            }
            if (node.hash == hash && node.prefix.length() == length && path.startsWith(node.prefix)) {
                return node;
            }
        }
    }

    private static <T> @Nullable Node<T> shorter(String prefix, Map<String, Node<T>> nodes) {
        for (int cut = prefix.lastIndexOf('/'); cut >= 0; cut = prefix.lastIndexOf('/', cut - 1)) {
            Node<T> node = nodes.get(prefix.substring(0, cut));
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    private static <T> void insert(@Nullable Node<T>[] table, Node<T> node) {
        int slot = spread(node.hash) & (table.length - 1);
        while (table[slot] != null) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = node;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    /** A prefix, its routes most specific first, and the next shorter prefix. */
    static final class Node<T> {
        final List<Candidate<T>> candidates;
        final @Nullable Node<T> shorter;
        private final String prefix;
        private final int hash;

        private Node(String prefix, List<Candidate<T>> candidates, @Nullable Node<T> shorter) {
            this.prefix = prefix;
            // The same polynomial as in longest(): String says so in its specification.
            this.hash = prefix.hashCode();
            this.candidates = candidates;
            this.shorter = shorter;
        }
    }
}
