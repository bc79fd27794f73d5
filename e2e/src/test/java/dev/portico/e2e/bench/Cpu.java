package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor time of a process and its children, from {@code /proc}. */
record Cpu(long pid) {
    private static final long MICROS_PER_TICK = 10_000;

    /** User and system time since the start, in microseconds. */
    long micros() throws IOException {
        long ticks = ticks(pid);
        try (Stream<ProcessHandle> children =
                ProcessHandle.of(pid).orElseThrow().descendants()) {
            for (ProcessHandle child : children.toList()) {
                ticks += ticks(child.pid());
            }
        }
        return ticks * MICROS_PER_TICK;
    }

    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The command's name may hold blanks; the fields that count stand behind its parenthesis.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
