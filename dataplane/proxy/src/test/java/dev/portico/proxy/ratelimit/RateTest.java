package dev.portico.proxy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.routetable.RateLimit.TokenBucket;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateTest {
    /** A bucket as one would draw it: a level that rises with time and falls with requests. */
    @Property
    void it_lets_pass_what_a_bucket_with_a_level_lets_pass(
            @ForAll @IntRange(min = 1, max = 50) int count,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 400) Long> millisBetween) {
        Rate rate = Rate.of(new TokenBucket(count, Duration.ofSeconds(1), burst));
        long interval = Duration.ofSeconds(1).toNanos() / count;
        long now = 1_000_000_000_000L;
        long fullAt = now;
        long level = burst * interval;
        for (long millis : millisBetween) {
            now += millis * 1_000_000;
            level = Math.min(burst * interval, level + millis * 1_000_000);
            boolean passes = level >= interval;
            Taken taken = rate.take(fullAt, now);
            assertThat(taken.passes()).isEqualTo(passes);
            if (passes) {
                level -= interval;
                fullAt = taken.fullAt();
                assertThat(taken.remaining()).isEqualTo(level / interval);
            } else {
                assertThat(rate.take(fullAt, now + taken.waitNanos()).passes()).isTrue();
                assertThat(rate.take(fullAt, now + taken.waitNanos() - 1).passes())
                        .isFalse();
            }
        }
    }

    @Test
    void the_greatest_limits_do_not_overflow() {
        Rate rate = Rate.of(new TokenBucket(1, Duration.ofDays(31), 1_000_000_000));
        long now = Long.MAX_VALUE / 4;
        Taken taken = rate.take(now, now);
        assertThat(taken.passes()).isTrue();
        assertThat(taken.remaining()).isPositive();
    }

    @Test
    void keys_are_bounded() {
        var buckets = new Buckets(() -> 0L);
        Rate rate = Rate.of(new TokenBucket(1, Duration.ofSeconds(1), 1));
        for (int i = 0; i < Buckets.MAX_KEYS + 20_000; i++) {
            buckets.take("key" + i, rate, 0);
        }
        assertThat(buckets.keys()).isLessThanOrEqualTo(Buckets.MAX_KEYS);
    }
}
