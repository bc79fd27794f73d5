package dev.portico.proxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelTest {
    @Test
    void aLevelIsReachedAtItsThresholdAndLeftALittleBelow() {
        assertThat(levels(0.5, 0.85, 0.84, 0.83, 0.81))
                .containsExactly(Level.PLENTY, Level.SHED, Level.SHED, Level.SHED, Level.PLENTY);
        assertThat(levels(0.92, 0.9, 0.88, 0.8)).containsExactly(Level.REFUSE, Level.REFUSE, Level.SHED, Level.PLENTY);
        assertThat(levels(0.97, 0.95, 0.93, 0.9, 0.1))
                .containsExactly(Level.STOP, Level.STOP, Level.REFUSE, Level.REFUSE, Level.PLENTY);
        assertThat(levels(0.86, 1.2, 0.86, 0.97)).containsExactly(Level.SHED, Level.STOP, Level.SHED, Level.STOP);
    }

    private static List<Level> levels(double... shares) {
        List<Level> levels = new ArrayList<>();
        Level now = Level.PLENTY;
        for (double share : shares) {
            now = now.next(share);
            levels.add(now);
        }
        return levels;
    }
}
