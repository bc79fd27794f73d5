package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a process and its children use, from {@code /proc}. */
record Usage(long pid) {
    private static final long MICROS_PER_TICK = 10_000;

    /** User and system time since the start, in microseconds. */
    long micros() throws IOException {
        long ticks = 0;
        for (long process : processes()) {
            ticks += ticks(Path.of("/proc/" + process + "/stat"), name -> true);
        }
        return ticks * MICROS_PER_TICK;
    }

    /** The resident memory in KiB. */
    long residentKiB() throws IOException {
        long sum = 0;
        for (long process : processes()) {
            sum += Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return sum;
    }

    /** How many files the process has open whose names begin so: sockets with {@code socket:}. */
    long files(String prefix) throws IOException {
        List<Path> open;
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            open = files.toList();
        }
        return open.stream().filter(file -> name(file).startsWith(prefix)).count();
    }

    private static String name(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            // It was closed since.
            return "closed";
        }
    }

    private List<Long> processes() {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
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
