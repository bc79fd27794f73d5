package dev.portico.proxy.frames;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Exception;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final int MOST = 3;

    @Test
    void oneMoreThanAllowedIsAFlood() throws Http2Exception {
        Rate rate = rate(Duration.ofHours(1));
        count(rate, MOST);
        assertThatThrownBy(rate::count).isInstanceOf(Http2Exception.class).hasMessageContaining("PING");
    }

    @Test
    void whatIsAllowedBesidesHoldsForItsPeriodOnly() throws Http2Exception {
        Rate rate = rate(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            rate.allowOneMore();
        }
        count(rate, MOST + 10);
        // So seldom that what is allowed besides is not used up before its period is over.
        await().pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () -> assertThatThrownBy(() -> count(rate, MOST + 1)).isInstanceOf(Http2Exception.class));
        await().untilAsserted(() -> assertThatCode(rate::count).doesNotThrowAnyException());
    }

    private static Rate rate(Duration period) {
        return new Rate("PING", MOST, period);
    }

    private static void count(Rate rate, int times) throws Http2Exception {
        for (int i = 0; i < times; i++) {
            rate.count();
        }
    }
}
