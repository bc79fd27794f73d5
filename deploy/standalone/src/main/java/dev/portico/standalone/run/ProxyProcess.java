package dev.portico.standalone.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The proxy, in a JVM of its own that neither needs this one nor ends with it unless it is told to. */
final class ProxyProcess {
    private static final String MAIN = "dev.portico.proxy.Main";

    private final Process process;

    private ProxyProcess(Process process) {
        this.process = process;
    }

    static ProxyProcess start(ProxyState state, PrintStream out) throws IOException {
        var process = new ProcessBuilder(command(state)).inheritIO().start();
        Thread.ofVirtual().name("proxy").start(() -> tellOfItsEnd(process, state, out));
        return new ProxyProcess(process);
    }

    private static void tellOfItsEnd(Process process, ProxyState state, PrintStream out) {
        try {
            out.println("! the proxy (pid " + process.pid() + ") ended with " + process.waitFor()
                    + " and is not restarted; to start it: portico proxy --state " + state.directory());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to drain and end. */
    void stop() {
        process.destroy();
    }

    private static List<String> command(ProxyState state) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
        command.addAll(state.arguments());
        return command;
    }
}
