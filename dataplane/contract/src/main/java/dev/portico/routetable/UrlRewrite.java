package dev.portico.routetable;

import org.jspecify.annotations.Nullable;

/** Writes host and path anew before the request goes to the endpoint (Gateway API, HTTPURLRewriteFilter). */
public record UrlRewrite(
        @Nullable String hostname, @Nullable PathModifier path) implements Filter {}
