package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processor time of a process and its children, from {@code /proc}. */
record Cpu(long pid) {
    private static final long MICROS_PER_TICK = 10_000;

    /** User and system time since the start, in microseconds. */
    long micros() throws IOException {
        long ticks = ticks(Path.of("/proc/" + pid + "/stat"), name -> true);
        try (Stream<ProcessHandle> children =
                ProcessHandle.of(pid).orElseThrow().descendants()) {
            for (ProcessHandle child : children.toList()) {
                ticks += ticks(Path.of("/proc/" + child.pid() + "/stat"), name -> true);
            }
        }
        return ticks * MICROS_PER_TICK;
    }

    /** The part of it that the JVM's compiler threads took, of those that live; 0 where there is no JVM. */
    long compilerMicros() throws IOException {
        List<Path> threads;
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            threads = tasks.toList();
        }
        long ticks = 0;
        for (Path thread : threads) {
            ticks += ticks(thread.resolve("stat"), name -> name.contains(" CompilerThre"));
        }
        return ticks * MICROS_PER_TICK;
    }

    private static long ticks(Path file, Predicate<String> wanted) throws IOException {
        try {
            String stat = Files.readString(file);
            // The command's name may hold blanks; the fields that count stand behind its parenthesis.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            return wanted.test(name) ? Long.parseLong(fields[11]) + Long.parseLong(fields[12]) : 0;
        } catch (NoSuchFileException e) {
            // A thread or child that has just ended.
            return 0;
        }
    }
}
