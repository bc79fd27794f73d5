package dev.portico.proxy.match;

import dev.portico.routetable.PathMatch;
import dev.portico.routetable.PathModifier;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a path anew by what the route matched (Gateway API, HTTPPathModifier). The result starts with exactly one slash,
 * so it can never be read as the authority of a scheme-relative reference.
 */
@FunctionalInterface
public interface PathChange {
    String apply(String path);

    static PathChange of(@Nullable PathModifier modifier, PathMatch matched) {
        return switch (modifier) {
            case null -> path -> path;
            case PathModifier.ReplaceFullPath full -> {
                String value = oneSlash(encoded(full.value()));
                yield _ -> value;
            }
            case PathModifier.ReplacePrefixMatch replace -> replacePrefix(replace, matched);
        };
    }

    private static PathChange replacePrefix(PathModifier.ReplacePrefixMatch replace, PathMatch matched) {
        if (matched.kind() != PathMatch.Kind.PREFIX) {
            throw new IllegalArgumentException(
                    "ReplacePrefixMatch is on a route that matches " + matched.kind() + ", expected PREFIX");
        }
        int cut = Prefix.elements(matched.value()).length();
        String whole = oneSlash(encoded(replace.value()));
        String elements = Prefix.elements(encoded(replace.value()));
        return path -> path.length() <= cut ? whole : oneSlash(elements + path.substring(cut));
    }

    private static String oneSlash(String path) {
        int slashes = 0;
        while (slashes < path.length() && path.charAt(slashes) == '/') {
            slashes++;
        }
        return slashes == 1 ? path : '/' + path.substring(slashes);
    }

    /** What a user wrote, with everything escaped that a path cannot hold; escapes that are there stay. */
    private static String encoded(String value) {
        var path = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "/%-._~!$&'()*+,;=:@".indexOf(c) >= 0) {
                path.append(c);
            } else {
                path.append('%').append("%02X".formatted((int) c));
            }
        }
        return path.toString();
    }
}
