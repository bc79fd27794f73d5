package dev.portico.proxy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyedMemoryTest {
    private final KeyedMemory memory = new KeyedMemory();

    @Test
    void the_same_id_gives_the_same_state_and_types_do_not_meet() {
        AtomicInteger counter = memory.get(AtomicInteger.class, "a", AtomicInteger::new);
        assertThat(memory.get(AtomicInteger.class, "a", AtomicInteger::new)).isSameAs(counter);
        assertThat(memory.get(StringBuilder.class, "a", StringBuilder::new)).isEmpty();
        var found = new ArrayList<String>();
        memory.forEach(AtomicInteger.class, (id, state) -> found.add(id + state));
        assertThat(found).containsExactly("a0");
    }

    @Test
    void what_nobody_uses_is_forgotten() {
        for (int i = 0; i < 1000; i++) {
            memory.get(StringBuilder.class, "id" + i, StringBuilder::new);
        }
        await().until(() -> {
            System.gc();
            return memory.size() == 0;
        });
    }
}
