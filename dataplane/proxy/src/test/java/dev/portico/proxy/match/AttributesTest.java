package dev.portico.proxy.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.proxy.pipeline.RequestHead;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void all_lines_of_a_header_count() {
        RequestHead head = head(null, "X-Team", "a", "x-team", "b");
        assertThat(Attributes.header(head, "X-TEAM")).isEqualTo("a,b");
        assertThat(Attributes.header(head, "X-Other")).isNull();
    }

    @Test
    void the_first_query_parameter_of_a_name_counts_and_is_decoded() {
        assertThat(Attributes.queryParam(head("a=1&a=2"), "a")).isEqualTo("1");
        assertThat(Attributes.queryParam(head("b&c=x%20y+z&=q"), "c")).isEqualTo("x y z");
        assertThat(Attributes.queryParam(head("b&c=x"), "b")).isEmpty();
        assertThat(Attributes.queryParam(head("%61=1"), "a")).isEqualTo("1");
        assertThat(Attributes.queryParam(head("a=%zz"), "a")).isEqualTo("%zz");
        assertThat(Attributes.queryParam(head("ab=1"), "a")).isNull();
        assertThat(Attributes.queryParam(head(null), "a")).isNull();
    }

    @Test
    void cookies_are_read_from_all_lines() {
        RequestHead head = head(null, "Cookie", "a=1; bb=2", "Cookie", "c=3;a=4");
        assertThat(Attributes.cookie(head, "a")).isEqualTo("1");
        assertThat(Attributes.cookie(head, "c")).isEqualTo("3");
        assertThat(Attributes.cookie(head, "b")).isNull();
    }

    private static RequestHead head(@Nullable String query, String... headers) {
        var all = new DefaultHttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return new RequestHead("GET", "http", "example.org", "example.org", "/", query, all);
    }
}
