package dev.portico.standalone.run;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The directory of a run's proxy: its last table, its identity, and the ports it was started with, so that it can be
 * started alone and be found again.
 */
public record ProxyState(Path directory, int adminPort, int configPort) {
    public static final String DATA_PLANE = "standalone";
    private static final String SETTINGS = "proxy.properties";
    private static final String TABLE = "table.ndjson";
    private static final String OWNER = "proxy.pid";

    /**
     * Makes the directory, readable for its owner alone, and forgets what an earlier run left in it: that is for a proxy
     * that is started alone. A port of 0 becomes one that is free.
     */
    public static ProxyState create(Path directory, int adminPort, int configPort) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(directory.resolve(TABLE));
        for (String file : List.of("ca.crt", "tls.crt", "tls.key")) {
            Files.deleteIfExists(directory.resolve("identity").resolve(file));
        }
        var state = new ProxyState(directory.toAbsolutePath().normalize(), free(adminPort), free(configPort));
        var settings = new Properties();
        settings.setProperty("admin-port", Integer.toString(state.adminPort));
        settings.setProperty("config-port", Integer.toString(state.configPort));
        try (Writer writer = Files.newBufferedWriter(directory.resolve(SETTINGS), StandardCharsets.UTF_8)) {
            settings.store(writer, null);
        }
        return state;
    }

    /** Reads the directory of an earlier run. */
    public static ProxyState read(Path directory) {
        var settings = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(SETTINGS), StandardCharsets.UTF_8)) {
            settings.load(reader);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    directory + " is not the state of a run: expected a file " + SETTINGS + " in it", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProxyState(
                directory.toAbsolutePath().normalize(),
                port(directory, settings, "admin-port"),
                port(directory, settings, "config-port"));
    }

    /** Notes which process serves from here: its pid, and when it started, because pids come again. */
    public void ownedBy(ProcessHandle proxy) throws IOException {
        Files.writeString(directory.resolve(OWNER), mark(proxy));
    }

    /** The process that serves from a directory, if it lives. */
    static Optional<ProcessHandle> owner(Path directory) {
        try {
            var noted = Files.readString(directory.resolve(OWNER));
            return ProcessHandle.of(Long.parseLong(noted.substring(0, noted.indexOf(' '))))
                    .filter(process -> mark(process).equals(noted));
        } catch (IOException | NumberFormatException | StringIndexOutOfBoundsException e) {
            // Nobody noted anything that can be read: a directory that is new or not ours.
            return Optional.empty();
        }
    }

    /** The run whose proxy serves from a directory, if both live: a second one would take its ports and files. */
    public static Optional<Long> runner(Path directory) {
        var java = ProcessHandle.current().info().command();
        return owner(directory)
                .flatMap(ProcessHandle::parent)
                .filter(parent -> parent.info().command().equals(java))
                .map(ProcessHandle::pid);
    }

    private static String mark(ProcessHandle process) {
        var start = process.info().startInstant().map(Instant::toString).orElse("");
        return process.pid() + " " + start;
    }

    public Path identity() {
        return directory.resolve("identity");
    }

    public Path accessLog() {
        return directory.resolve("access.log");
    }

    /** The arguments of the proxy's main class. */
    public List<String> arguments() {
        return List.of(
                "--data-plane=" + DATA_PLANE,
                "--state=" + directory,
                "--identity=" + identity(),
                "--admin-host=127.0.0.1",
                "--admin-port=" + adminPort,
                "--config-host=127.0.0.1",
                "--config-port=" + configPort,
                "--access-log=" + accessLog(),
                "--drain-accept=0s",
                "--drain-timeout=5s");
    }

    private static int port(Path directory, Properties settings, String name) {
        var text = settings.getProperty(name, "");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " in " + directory.resolve(SETTINGS) + " is '" + text + "', expected a port", e);
        }
    }

    private static int free(int port) throws IOException {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
