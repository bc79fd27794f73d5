package dev.portico.e2e.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The processes of a run, ended with it, also where it is interrupted. */
final class Programs implements AutoCloseable {
    private final List<Process> running = new CopyOnWriteArrayList<>();
    private final Path directory;
    private int started;

    Programs(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end"));
    }

    /** What it prints is appended to {@code NAME.out}, so that the file can be emptied meanwhile. */
    Process start(String name, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output(name).toFile()))
                .start();
        running.add(process);
        started++;
        return process;
    }

    /** Runs to its end and returns what it printed. */
    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + text);
        }
        return text;
    }

    /** The command for a main class of this class path. */
    static List<String> java(List<String> options, String main, List<String> arguments) {
        return java(System.getProperty("java.class.path"), options, main, arguments);
    }

    /** The command for a main class, unless the options say another class path. */
    static List<String> java(String classPath, List<String> options, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath));
        command.addAll(options);
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    static void awaitPort(int port) throws IOException {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(2))
                    .pollDelay(Duration.ZERO)
                    .until(() -> listens(port));
        } catch (ConditionTimeoutException e) {
            throw new IOException("nothing listens on port " + port + " after 20 s", e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Path output(String name) {
        return directory.resolve(name + ".out");
    }

    /** How many were started. */
    int count() {
        return started;
    }

    void stop(Process process) {
        running.remove(process);
        process.destroy();
        awaitEnd(process);
    }

    @Override
    public void close() {
        running.reversed().forEach(Process::destroy);
        running.forEach(Programs::awaitEnd);
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
