package dev.portico.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    @Test
    void lines_of_several_loops_arrive_whole_and_in_order() throws Exception {
        var out = new ByteArrayOutputStream();
        var writer = new LineWriter(out);
        Thread[] loops = new Thread[2];
        for (int loop = 0; loop < loops.length; loop++) {
            ByteRing ring = writer.newRing();
            String name = "loop" + loop + ' ';
            loops[loop] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    byte[] line = (name + i + '\n').getBytes(StandardCharsets.UTF_8);
                    ring.put(line, line.length);
                }
            });
        }
        for (Thread loop : loops) {
            loop.join();
        }
        writer.close();
        assertThat(writer.dropped()).isZero();
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
        int[] next = new int[2];
        for (int i = 0; i < lines.length - 1; i++) {
            int loop = lines[i].charAt(4) - '0';
            assertThat(lines[i]).isEqualTo("loop" + loop + ' ' + next[loop]++);
        }
        assertThat(next).containsExactly(20_000, 20_000);
    }

    @Test
    void an_output_that_is_stuck_costs_lines_and_nobody_waits() throws Exception {
        var stuck = new CountDownLatch(1);
        var out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                write(0);
            }
        };
        var writer = new LineWriter(out);
        ByteRing ring = writer.newRing();
        byte[] line = new byte[1000];
        for (int i = 0; i < 5_000; i++) {
            ring.put(line, line.length);
        }
        assertThat(writer.dropped()).isPositive();
        stuck.countDown();
        await().until(() -> {
            long before = writer.dropped();
            ring.put(line, line.length);
            return writer.dropped() == before;
        });
        writer.close();
    }
}
