package dev.portico.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.portico.e2e.bench.Profile.Part;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProfileTest {
    @Test
    void whatRunsInTheKernelCountsForWhatWasAskedOfIt() throws IOException {
        Profile profile = read("""
                vert.x-eventloo\s
                \tffffffff81a10010 tcp_ack ([kernel.kallsyms])
                \tffffffff81a0b1c2 tcp_sendmsg_locked ([kernel.kallsyms])
                \tffffffff81401000 __do_sys_io_uring_enter ([kernel.kallsyms])
                \t    7f6b63ec7100 [unknown] (/tmp/perf-7.map)

                vert.x-eventloo\s
                \tffffffff81a10020 _copy_to_iter ([kernel.kallsyms])
                \tffffffff81a0c000 tcp_recvmsg ([kernel.kallsyms])

                vert.x-eventloo\s
                \tffffffff81a20000 tcp_v4_connect ([kernel.kallsyms])
                \tffffffff81402000 io_connect ([kernel.kallsyms])
                \tffffffff81401000 __do_sys_io_uring_enter ([kernel.kallsyms])

                vert.x-eventloo\s
                \tffffffff81b00000 schedule ([kernel.kallsyms])
                \tffffffff81401000 __do_sys_io_uring_enter ([kernel.kallsyms])

                vert.x-eventloo\s
                \tffffffff81c00000 clear_page_erms ([kernel.kallsyms])
                \t    7f6b63ec7100 [unknown] ([unknown])

                """);
        assertThat(profile.parts())
                .isEqualTo(Map.of(Part.SEND, 1L, Part.RECEIVE, 1L, Part.CONNECT, 1L, Part.WAIT, 1L, Part.KERNEL, 1L));
    }

    @Test
    void whatRunsOutsideTheKernelCountsForWhoseCodeItIs() throws IOException {
        Profile profile = read("""
                vert.x-eventloo\s
                \t    7f6b63ec7100 boolean dev.portico.proxy.codec.Field$Added.isNamed(java.lang.CharSequence) (/tmp/perf-7.map)
                \t    7f6b63ec7200 char io.netty.util.AsciiString.charAt(int) (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b63ec7200 char io.netty.util.AsciiString.charAt(int) (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b63ec7300 void io.vertx.core.impl.ContextImpl.emit(java.lang.Object, io.vertx.core.Handler) (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b63ec7400 void java.util.ArrayList.<init>() (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b63ec7500 StubRoutines (compilerstubs) (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b70000000 [unknown] (/tmp/libnetty_tcnative_linux_x86_64123.so (deleted))

                vert.x-eventloo\s
                \t    7f6b71000000 Java_io_netty_channel_uring_Native_ioUringEnter (/tmp/libnetty_transport_native_io_uring.so (deleted))

                vert.x-eventloo\s
                \t    7f6b72000000 OptoRuntime::new_array_C(Klass*, int, JavaThread*) (/opt/jdk/lib/server/libjvm.so)

                vert.x-eventloo\s
                \t    7f6b73000000 __memmove_avx_unaligned_erms (/usr/lib/x86_64-linux-gnu/libc.so.6)

                vert.x-eventloo\s
                \t    7f6b74000000 [unknown] ([unknown])

                """);
        assertThat(profile.parts()).hasToString("{PORTICO=1, NETTY=2, VERTX=1, JDK=1, TLS=1, LIBC=1, JVM=2, REST=1}");
        assertThat(profile.samples()).isEqualTo(10);
        assertThat(profile.share(Part.NETTY)).isEqualTo(0.2);
    }

    @Test
    void aThreadWithOneTaskCountsForItWhateverItDoes() throws IOException {
        Profile profile = read("""
                access-log\s
                \t    7f6b63ec7100 void dev.portico.proxy.telemetry.LineWriter.run() (/tmp/perf-7.map)

                C2 CompilerThre\s
                \tffffffff81c00000 clear_page_erms ([kernel.kallsyms])

                VM Thread\s
                \t    7f6b72000000 DefNewGeneration::collect(bool, bool, unsigned long, bool) (/opt/jdk/lib/server/libjvm.so)

                """);
        assertThat(profile.parts()).isEqualTo(Map.of(Part.LOG, 1L, Part.COMPILER, 1L, Part.COLLECTOR, 1L));
        assertThat(profile.hottest(10)).isEmpty();
    }

    @Test
    void theHottestMethodsComeFirstWhateverTheyTakeAndReturn() throws IOException {
        Profile profile = read("""
                vert.x-eventloo\s
                \t    7f6b63ec7100 int a.Cold.run() (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b63ec7200 int a.Hot.run(java.lang.String, long) (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b63ec7300 long[] a.Hot.run() (/tmp/perf-7.map)

                vert.x-eventloo\s
                \t    7f6b63ec7500 Interpreter (/tmp/perf-7.map)

                """);
        assertThat(profile.hottest(1)).containsExactly("a.Hot.run");
        assertThat(profile.hottest(10)).containsExactly("a.Hot.run", "a.Cold.run");
        assertThat(profile.share("a.Hot.run")).isEqualTo(0.5);
    }

    @Test
    void whatIsNoFrameIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> read("""
                        vert.x-eventloo\s
                        \t    7f6b63ec7100 nowhere

                        """))
                .withMessageContaining("7f6b63ec7100 nowhere\", expected ADDRESS FUNCTION (FILE)");
    }

    private static Profile read(String script) throws IOException {
        return Profile.read(script.lines());
    }
}
