package dev.portico.e2e.cluster.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run with an event is blamed for. */
final class FaultsTest {
    @Test
    void aRunInWhichEnoughWasAskedAndAnsweredHasNone() {
        assertThat(faults(asked(Kind.HTTP1, 6_000, 0), asked(Kind.H2, 6_100, 0)))
                .isEmpty();
    }

    @Test
    void aWayInWhichTooLittleWasAskedIsNamedWithWhatItAsked() {
        assertThat(faults(asked(Kind.HTTP1, 6_100, 0), asked(Kind.HTTPS, 5_999, 0)))
                .containsExactly("TLS, HTTP/1.1: 5999 requests, expected at least 6000");
    }

    @Test
    void aWayInWhichARequestFailedIsNamed() {
        assertThat(faults(asked(Kind.H2C, 6_100, 1)))
                .singleElement()
                .asString()
                .startsWith("HTTP/2: ")
                .contains(" 1 failed");
    }

    private static List<String> faults(Figures... figures) {
        return new Loss(new BackendsRestarted(), List.of(figures), new Tally(), new Tally()).faults();
    }

    private static Figures asked(Kind kind, long requests, long failed) {
        return new Figures(kind, requests, failed, Duration.ofMillis(3), List.of());
    }
}
