package dev.portico.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final JsonFactory JSON = new JsonFactory();

    @Property
    void whatever_a_client_sends_stays_one_line_and_one_string(@ForAll String value) throws IOException {
        var line = new Line();
        line.raw('"').escaped(value).raw('"');
        assertThat(line.toString().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        try (var json = JSON.createParser(Arrays.copyOf(line.bytes(), line.length()))) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
            assertThat(json.getText()).isEqualTo(value);
            assertThat(json.nextToken()).isNull();
        }
    }

    @Property
    void numbers_are_written_as_they_are(@ForAll long value) {
        if (value != Long.MIN_VALUE) {
            assertThat(new Line().number(value).toString()).isEqualTo(Long.toString(value));
        }
    }

    @Test
    void durations_are_milliseconds_with_three_digits() {
        assertThat(new Line().millis(1_234_567_890).toString()).isEqualTo("1234.567");
        assertThat(new Line().millis(5_000).toString()).isEqualTo("0.005");
        assertThat(new Line().millis(-1).toString()).isEqualTo("0.000");
    }

    @Test
    void a_long_value_is_cut() {
        assertThat(new Line().escaped("x".repeat(100_000)).length()).isEqualTo(Line.MAX_VALUE);
    }
}
