package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Another JVM, asked by {@code jcmd}. */
record Jvm(long pid) {
    private static final Pattern USED = Pattern.compile("(?:total|committed) [0-9]+K, used ([0-9]+)K");

    /** What lives on its heap, in KiB, after a full collection. */
    long liveKiB() throws IOException, InterruptedException {
        ask("GC.run");
        String heap = ask("GC.heap_info");
        return USED.matcher(heap)
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .reduce(Long::sum)
                .orElseThrow(() -> new IOException("jcmd named no generation's use:\n" + heap));
    }

    /** Writes where the code that it made lies, for perf, which looks for it in this file. */
    Path perfMap() throws IOException, InterruptedException {
        ask("Compiler.perfmap");
        return Path.of("/tmp/perf-%d.map".formatted(pid));
    }

    private String ask(String what) throws IOException, InterruptedException {
        return Programs.output(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), what));
    }
}
