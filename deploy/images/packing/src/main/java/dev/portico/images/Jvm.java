package dev.portico.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Processes of the JDK's in a folder. What they print is in a log, and in the exception where they fail. */
final class Jvm {
    private static final int PATIENCE_SECONDS = 60;

    /** For what goes on beside answers: connections are looked at twice in a second, and end when both sides have said so. */
    private static final int SETTLE_MILLIS = 1_500;

    private final Path directory;
    private final Path log;

    Jvm(Path directory, Path log) {
        this.directory = directory;
        this.log = log;
    }

    /** Runs to the end. */
    void run(List<String> command) throws IOException, InterruptedException {
        expect(command, start(command).waitFor());
    }

    /** Performs while the program runs, then asks it to end. */
    void run(List<String> command, Rehearsal rehearsal) throws IOException, InterruptedException {
        Process process = start(command);
        try {
            rehearsal.awaitServed(process);
            rehearsal.perform();
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("did not end when it was asked to");
            }
            // A JVM that a signal ended says so by its status, unless the program says something else.
            expect(command, process.exitValue() == 143 ? 0 : process.exitValue());
        } catch (IllegalStateException e) {
            throw new IOException(command + ":\n" + Files.readString(log), e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Looks again and again; a process that has ended will never be there. */
    static void await(Process process, int lookMillis, BooleanSupplier isServed, String what)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isServed.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + ", expected it to serve " + what);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + " is not served after " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(lookMillis);
        }
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void expect(List<String> command, int status) throws IOException {
        if (status != 0) {
            throw new IOException("ended with " + status + ": " + command + "\n" + Files.readString(log));
        }
    }
}
