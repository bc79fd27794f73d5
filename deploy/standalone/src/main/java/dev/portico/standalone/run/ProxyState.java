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
import java.util.List;
import java.util.Properties;

/**
 * The directory of a run's proxy: its last table, its identity, and the ports it was started with, so that it can be
 * started alone and be found again.
 */
public record ProxyState(Path directory, int adminPort, int configPort) {
    public static final String DATA_PLANE = "standalone";
    private static final String SETTINGS = "proxy.properties";
    private static final String TABLE = "table.ndjson";

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
                directory.toAbsolutePath().normalize(), port(settings, "admin-port"), port(settings, "config-port"));
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

    private static int port(Properties settings, String name) {
        return Integer.parseInt(settings.getProperty(name));
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
