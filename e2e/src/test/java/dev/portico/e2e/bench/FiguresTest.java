package dev.portico.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void theSecondAndTheEighthOfNineHoldTheMedianWithNinetyFivePercent() {
        assertThat(ofOneTo(9)).hasToString("5.00 (2.00 to 8.00)");
    }

    @Test
    void fiveAreTooFewToLeaveAnyOut() {
        assertThat(ofOneTo(5)).hasToString("3.00 (1.00 to 5.00)");
    }

    @Test
    void ofAnEvenNumberTheMedianLiesBetweenTwo() {
        assertThat(Figures.of(List.of(4.0, 1.0)).median()).isEqualTo(2.5);
    }

    private static Figures ofOneTo(int count) {
        return Figures.of(
                IntStream.rangeClosed(1, count).mapToObj(i -> (double) i).toList());
    }
}
