package dev.portico.proxy.memory;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void aMeasurementThatFailsIsNotTheLastOne() {
        var looks = new AtomicInteger();
        var memory = new Memory(() -> {
            if (looks.incrementAndGet() < 3) {
                throw new IllegalStateException("a measurement that fails, as this test wants it");
            }
            return 0.95;
        });
        Thread watch = memory.watch(() -> 0);
        await().until(memory::refuses);
        watch.interrupt();
        await().until(() -> !watch.isAlive());
    }
}
