package dev.portico.proxy.frames;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Exception;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final int MOST = 3;
    private final Rate rate = new Rate("PING", MOST, Duration.ofMillis(200));

    @Test
    void oneMoreThanAllowedIsAFlood() throws Http2Exception {
        count(MOST);
        assertThatThrownBy(rate::count).isInstanceOf(Http2Exception.class).hasMessageContaining("PING");
    }

    @Test
    void whatIsAllowedBesidesHoldsForItsPeriodOnly() throws Http2Exception {
        for (int i = 0; i < 100; i++) {
            rate.allowOneMore();
        }
        count(MOST + 10);
        await().untilAsserted(() -> assertThatThrownBy(() -> count(MOST + 1)).isInstanceOf(Http2Exception.class));
        await().untilAsserted(() -> assertThatCode(rate::count).doesNotThrowAnyException());
    }

    private void count(int times) throws Http2Exception {
        for (int i = 0; i < times; i++) {
            rate.count();
        }
    }
}
