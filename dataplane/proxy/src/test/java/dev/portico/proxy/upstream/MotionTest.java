package dev.portico.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MotionTest {
    private final Motion motion = new Motion();

    @Test
    void aResponseThatWasPausedBeforeAnybodyLookedHasBeenSoForNoTime() {
        motion.begins();
        motion.look(5_000, true);
        assertThat(motion.paused(5_000)).isZero();
        motion.look(6_000, true);
        assertThat(motion.paused(6_000)).isEqualTo(1_000);
    }

    @Test
    void theNextRequestHasNothingOfThePauseBefore() {
        motion.begins();
        motion.look(1_000, true);
        motion.begins();
        motion.look(9_000, true);
        assertThat(motion.paused(9_000)).isZero();
        assertThat(motion.lasted(9_000)).isZero();
        assertThat(motion.still(9_000)).isZero();
    }
}
