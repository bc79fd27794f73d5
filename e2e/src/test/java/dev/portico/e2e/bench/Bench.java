package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What scenarios stand on: a directory, a certificate, the origin, and the contenders before it. */
final class Bench implements AutoCloseable {
    private final Path directory;
    private final Programs programs;
    private final int origin = Programs.freePort();
    private final List<Contender> all = new ArrayList<>();

    private Bench(Path directory) throws IOException {
        this.directory = directory;
        programs = new Programs(directory);
    }

    /** Starts the origin. */
    static Bench open() throws IOException, InterruptedException {
        var bench = new Bench(Files.createTempDirectory("portico-bench"));
        try {
            bench.makeCertificate();
            bench.startOrigin();
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

    private void startOrigin() throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        Path files = Files.createDirectories(directory.resolve("files"));
        Files.write(files.resolve("100k"), new byte[100 << 10]);
        Files.write(files.resolve("10m"), new byte[10 << 20]);
        Path configuration = directory.resolve("origin.conf");
        Template.fill(
                "origin.conf", Map.of("RUN", directory, "PORT", origin, "BODY", "x".repeat(1 << 10)), configuration);
        programs.start("origin", Peers.nginx(directory, configuration));
        Programs.awaitPort(origin);
    }

    Path directory() {
        return directory;
    }

    int origin() {
        return origin;
    }

    /** Portico, nginx and HAProxy, one event loop, worker, thread each; they serve all scenarios that want no others. */
    List<Contender> all() throws IOException {
        if (all.isEmpty()) {
            all.addAll(List.of(portico(Setup.DEFAULT), nginx(Setup.DEFAULT), haproxy(Setup.DEFAULT)));
        }
        return List.copyOf(all);
    }

    Contender portico(Setup setup) throws IOException {
        return start("Portico", setup, Portico::command);
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
            ports.put(scheme, Programs.freePort());
        }
        String name = product + "-" + programs.count();
        List<String> command = maker.command(this, name, setup, ports);
        var contender = new Contender(product + setup, setup, programs.start(name, command), ports, command);
        ports.values().forEach(Programs::awaitPort);
        return contender;
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
        return command.replace(System.getProperty("java.class.path"), "…")
                .replace(System.getProperty("java.home"), "JDK")
                .replace(directory.toString(), "RUN");
    }

    @Override
    public void close() {
        programs.close();
    }
}
