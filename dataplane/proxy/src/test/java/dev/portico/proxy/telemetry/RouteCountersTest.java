package dev.portico.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteCountersTest {
    private static final int SERIES = 1_000;

    private final RouteCounters counters = new RouteCounters(SERIES);

    @Test
    void whatNobodyAskedForIsNothing() {
        assertThat(counters.requests(SERIES - 1, 2)).isZero();
        assertThat(counters.nanos(SERIES - 1)).isZero();
    }

    @Test
    void eachSeriesHasCountersOfItsOwn() {
        for (int series = 0; series < SERIES; series++) {
            for (int statusClass = 0; statusClass < LoopCounters.CLASSES; statusClass++) {
                for (int times = 0; times <= statusClass; times++) {
                    counters.record(series, statusClass, series);
                }
            }
        }
        for (int series = 0; series < SERIES; series++) {
            for (int statusClass = 0; statusClass < LoopCounters.CLASSES; statusClass++) {
                assertThat(counters.requests(series, statusClass)).isEqualTo(statusClass + 1);
            }
            assertThat(counters.requests(series)).isEqualTo(21);
            assertThat(counters.nanos(series)).isEqualTo(21L * series);
        }
    }
}
