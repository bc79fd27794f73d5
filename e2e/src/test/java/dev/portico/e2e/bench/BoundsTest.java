package dev.portico.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundsTest {
    private static final Bound MET = new Bound("time", 150, 150, "ms");

    @Test
    void aBoundThatIsBrokenIsToldAndEndsTheCommandWithOne() {
        var bounds = new Bounds(List.of(MET, new Bound("lost lines", 1_000.5, 0, "")));
        assertThat(bounds).hasToString("""
                | | measured | at most | holds |
                |---|---|---|---|
                | time | 150 ms | 150 ms | yes |
                | lost lines | 1,000.50 | 0 | **not met** |
                """);
        assertThat(bounds.exitCode()).isEqualTo(1);
    }

    @Test
    void aLimitThatIsExceededSaysSo() {
        assertThat(new Bound("ratio", 0.954, 0.95, "").limit()).isEqualTo("0.95 **not met**");
        assertThat(new Bound("ratio", 0.9, 1.1, "").limit()).isEqualTo("1.10");
    }

    @Test
    void whatIsNoNumberIsNoBoundMet() {
        assertThat(new Bounds(List.of(new Bound("ratio", Double.NaN, 1, ""))).exitCode())
                .isEqualTo(1);
    }

    @Test
    void bothAsMuchAsIsAllowedAndLessIsMet() {
        assertThat(new Bounds(List.of(MET, new Bound("growth", -1, 0, "KiB"))).exitCode())
                .isZero();
    }
}
