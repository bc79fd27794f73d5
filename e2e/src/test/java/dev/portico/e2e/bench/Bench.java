package dev.portico.e2e.bench;

import dev.portico.e2e.sockets.Ports;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What scenarios stand on: a directory, a certificate, the endpoints, and the contenders before them. */
final class Bench implements AutoCloseable {
    private final Path directory;
    private final Programs programs;
    private final int origin = Ports.free();
    private final int echo = Ports.free();
    private final List<Contender> all = new ArrayList<>();

    private Bench(Path directory) throws IOException {
        this.directory = directory;
        programs = new Programs(directory);
    }

    /** With its endpoints started. */
    static Bench open() throws IOException, InterruptedException {
        var bench = new Bench(Files.createTempDirectory("portico-bench"));
        try {
            bench.makeCertificate();
            bench.startEndpoints();
            return bench;
        } catch (IOException | InterruptedException | RuntimeException e) {
            bench.close();
            throw e;
        }
    }

    private void makeCertificate() throws IOException, InterruptedException {
        Path certificate = directory.resolve("tls.crt");
        Path key = directory.resolve("tls.key");
        Programs.output(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=bench.example.org",
                "-addext",
                "subjectAltName=DNS:bench.example.org,IP:127.0.0.1",
                "-out",
                certificate.toString(),
                "-keyout",
                key.toString()));
        Files.writeString(directory.resolve("tls.pem"), Files.readString(certificate) + Files.readString(key));
    }

    private void startEndpoints() throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        Files.createDirectories(directory.resolve("files"));
        file("100k", 100 << 10);
        file("10m", 10 << 20);
        Path configuration = directory.resolve("origin.conf");
        Template.fill(
                "origin.conf", Map.of("RUN", directory, "PORT", origin, "BODY", "x".repeat(1 << 10)), configuration);
        programs.start("origin", Peers.nginx(directory, configuration));
        programs.start(
                "echo",
                Programs.java(
                        List.of("-XX:+UseSerialGC", "-Xmx256m"),
                        EchoEndpoint.class.getName(),
                        List.of(Integer.toString(echo))));
        Programs.awaitPort(origin);
        Programs.awaitPort(echo);
    }

    /** A file of the endpoint, of zeros. */
    void file(String name, long bytes) throws IOException {
        try (var file = new RandomAccessFile(file(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    Path file(String name) {
        return directory.resolve("files").resolve(name);
    }

    Path directory() {
        return directory;
    }

    /** The port of the endpoint for requests. */
    int origin() {
        return origin;
    }

    /** The port of {@link EchoEndpoint}. */
    int echo() {
        return echo;
    }

    /** Portico, nginx and HAProxy, one event loop, worker, thread each; they serve all scenarios that want no others. */
    List<Contender> all() throws IOException {
        if (all.isEmpty()) {
            all.addAll(List.of(portico(Setup.DEFAULT), nginx(Setup.DEFAULT), haproxy(Setup.DEFAULT)));
        }
        return List.copyOf(all);
    }

    Contender portico(Setup setup) throws IOException {
        return portico(setup, List.of());
    }

    /** With more options of the JVM than it is started with usually. */
    Contender portico(Setup setup, List<String> options) throws IOException {
        return start(
                "Portico", setup, (bench, name, same, ports) -> Portico.command(bench, name, same, ports, options));
    }

    Contender nginx(Setup setup) throws IOException {
        return start("nginx", setup, Peers::nginx);
    }

    Contender haproxy(Setup setup) throws IOException {
        return start("HAProxy", setup, Peers::haproxy);
    }

    private interface Maker {
        List<String> command(Bench bench, String name, Setup setup, Map<Scheme, Integer> ports) throws IOException;
    }

    private Contender start(String product, Setup setup, Maker maker) throws IOException {
        var ports = new EnumMap<Scheme, Integer>(Scheme.class);
        for (Scheme scheme : Scheme.values()) {
            ports.put(scheme, Ports.free());
        }
        String name = product + "-" + programs.count();
        List<String> command = maker.command(this, name, setup, ports);
        Process process = programs.start(name, command);
        Path output = programs.output(name);
        try {
            for (int port : ports.values()) {
                Programs.awaitPort(port);
            }
        } catch (IOException e) {
            programs.stop(process);
            throw new IOException(product + " did not start: " + Files.readString(output), e);
        }
        return new Contender(product + setup, setup, process, ports, command, output);
    }

    void stop(Contender contender) {
        programs.stop(contender.process());
    }

    /** Stops those that served one scenario alone. */
    void stopOthers(List<Contender> contenders) {
        contenders.stream().filter(contender -> !all.contains(contender)).forEach(this::stop);
    }

    /** Access logs grow by megabytes a second: between scenarios they are emptied. All writers append. */
    void emptyLogs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path log : files.filter(file -> file.toString().endsWith("-access.log")
                            || file.toString().endsWith(".out"))
                    .toList()) {
                Files.newByteChannel(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        }
    }

    /** After success; who failed wants to read what lies there. */
    void deleteDirectory() throws IOException {
        close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A command as it can be shown: neither where it ran nor all that was on the class path. */
    String show(String command) {
        return command.replace(Portico.CLASS_PATH, "…")
                .replace(System.getProperty("java.home"), "JDK")
                .replace(directory.toString(), "RUN");
    }

    @Override
    public void close() {
        programs.close();
    }
}
