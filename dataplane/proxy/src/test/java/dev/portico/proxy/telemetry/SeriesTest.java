package dev.portico.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {
    private final Series series = new Series(2);

    @Test
    void aNameKeepsItsNumber() {
        int first = series.number("a");
        assertThat(series.number("b")).isNotEqualTo(first);
        assertThat(series.number("a")).isEqualTo(first);
        assertThat(series.admit("b")).isEqualTo("b");
    }

    @Test
    void whatComesWhenItIsFullIsOther() {
        series.admit("a");
        series.admit("b");
        assertThat(series.admit("c")).isEqualTo(Series.OTHER);
        assertThat(series.number("c")).isEqualTo(series.number(Series.OTHER));
        assertThat(series.admit("a")).isEqualTo("a");
        assertThat(series.numbers()).containsOnlyKeys(Series.OTHER, "a", "b");
    }
}
