package dev.portico.proxy.frames;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.time.Duration;

/** Counts events and refuses those beyond a number in a period. */
final class Rate {
    private final String name;
    private final int most;
    private final long periodNanos;
    private long periodBegan = System.nanoTime();
    private int count;
    private int more;

    Rate(String name, int most, Duration period) {
        this.name = name;
        this.most = most;
        this.periodNanos = period.toNanos();
    }

    /** Ends the connection where the event is one too many. */
    void count() throws Http2Exception {
        look();
        count++;
        if (count > most + more) {
            throw flood(name);
        }
    }

    /** Lets one more pass in this period. */
    void allowOneMore() {
        look();
        more++;
    }

    private void look() {
        long now = System.nanoTime();
        if (now - periodBegan >= periodNanos) {
            periodBegan = now;
            count = 0;
            more = 0;
        }
    }

    static Http2Exception flood(String name) {
        return Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many frames: %s", name);
    }
}
