package dev.portico.routetable;

/** How a path is written anew; the query stays. */
public sealed interface PathModifier {
    /** The whole path becomes {@code value}. */
    record ReplaceFullPath(String value) implements PathModifier {}

    /** The prefix that the route matched becomes {@code value}; only on routes that match a prefix. */
    record ReplacePrefixMatch(String value) implements PathModifier {}
}
