package dev.portico.standalone.run;

import dev.portico.proxy.JvmOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The proxy, in a JVM of its own that neither needs this one nor ends with it unless it is told to. */
final class ProxyProcess implements AutoCloseable {
    private static final String MAIN = "dev.portico.proxy.Main";
    private static final long DRAIN_SECONDS = 10;
    private static final List<String> ARCHIVES = List.of("-XX:SharedArchiveFile=", "-XX:ArchiveClassesAtExit=");

    private final Process process;

    private ProxyProcess(Process process) {
        this.process = process;
    }

    /** Ends the proxy that an earlier run left serving from this directory, as happens when only an operator is killed. */
    static void endOther(Path directory, PrintStream out) {
        ProxyState.owner(directory).ifPresent(other -> {
            out.println("ending the proxy (pid " + other.pid() + ") that an earlier run left");
            other.destroy();
            try {
                other.onExit().get(DRAIN_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                other.destroyForcibly();
            }
        });
    }

    static ProxyProcess start(ProxyState state, PrintStream out) throws IOException {
        var process = new ProcessBuilder(command(state)).inheritIO().start();
        state.ownedBy(process.toHandle());
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

    /** Asks it to drain and end, waits for that as long as it may take, and then asks no more. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(ProxyState state) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.all());
        ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(argument -> addArchive(argument, command));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(state.arguments());
        return command;
    }

    /** This process' archive of loaded classes, if it has or makes one, has a sibling for the proxy. */
    private static void addArchive(String argument, List<String> command) {
        for (String option : ARCHIVES) {
            if (argument.startsWith(option)) {
                var own = Path.of(argument.substring(option.length()));
                command.add(option + own.resolveSibling("proxy.jsa"));
            }
        }
    }
}
