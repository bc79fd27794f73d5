package dev.portico.proxy.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.routetable.PathMatch;
import dev.portico.routetable.PathModifier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathChangeTest {
    /** The table of the Gateway API (HTTPPathModifier, replacePrefixMatch). */
    @ParameterizedTest
    @CsvSource({
        "/foo/bar, /foo, /xyz, /xyz/bar",
        "/foo/bar, /foo, /xyz/, /xyz/bar",
        "/foo/bar, /foo/, /xyz, /xyz/bar",
        "/foo/bar, /foo/, /xyz/, /xyz/bar",
        "/foo, /foo, /xyz, /xyz",
        "/foo/, /foo, /xyz, /xyz/",
        "/foo/bar, /foo, '', /bar",
        "/foo/, /foo, '', /",
        "/foo, /foo, '', /",
        "/foo/, /foo, /, /",
        "/foo, /foo, /, /",
        "/foo, /, /xyz, /xyz/foo",
    })
    void a_prefix_is_replaced_as_the_gateway_api_says(String path, String prefix, String value, String expected) {
        assertThat(replacePrefix(prefix, value).apply(path)).isEqualTo(expected);
    }

    @Test
    void a_whole_path_is_replaced_and_escaped() {
        var full = new PathModifier.ReplaceFullPath("/a b\r\nX: y?z#é%2f");
        assertThat(PathChange.of(full, new PathMatch(PathMatch.Kind.EXACT, "/x"))
                        .apply("/x"))
                .isEqualTo("/a%20b%0D%0AX:%20y%3Fz%23%C3%A9%2f");
    }

    @Test
    void no_modifier_leaves_the_path() {
        assertThat(PathChange.of(null, new PathMatch(PathMatch.Kind.EXACT, "/x"))
                        .apply("/x"))
                .isEqualTo("/x");
    }

    @Test
    void a_prefix_cannot_be_replaced_where_none_was_matched() {
        var replace = new PathModifier.ReplacePrefixMatch("/y");
        assertThatThrownBy(() -> PathChange.of(replace, new PathMatch(PathMatch.Kind.EXACT, "/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EXACT");
    }

    @Property
    void a_result_never_starts_with_two_slashes(
            @ForAll @AlphaChars @Chars({'/', '.', '\\'}) String rest,
            @ForAll @AlphaChars @Chars({'/', ' ', '\\'}) String value) {
        for (String prefix : new String[] {"/", "/foo"}) {
            String path = prefix.equals("/") ? "/" + rest : prefix + "/" + rest;
            assertThat(replacePrefix(prefix, value).apply(path)).startsWith("/").doesNotStartWith("//");
        }
        var full = new PathModifier.ReplaceFullPath(value);
        assertThat(PathChange.of(full, new PathMatch(PathMatch.Kind.PREFIX, "/"))
                        .apply("/" + rest))
                .startsWith("/")
                .doesNotStartWith("//");
    }

    private static PathChange replacePrefix(String prefix, String value) {
        return PathChange.of(new PathModifier.ReplacePrefixMatch(value), new PathMatch(PathMatch.Kind.PREFIX, prefix));
    }
}
