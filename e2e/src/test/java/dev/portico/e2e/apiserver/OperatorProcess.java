package dev.portico.e2e.apiserver;

import dev.portico.e2e.sockets.Ports;
import dev.portico.operator.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An operator as a process of its own. */
final class OperatorProcess implements AutoCloseable {
    private final int admin = Ports.free();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;

    OperatorProcess(Path log, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-Dorg.slf4j.simpleLogger.log.dev.portico=trace"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("--admin-host=127.0.0.1", "--admin-port=" + admin, "--console-port=0"));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    boolean isReady() {
        return get("/readyz").startsWith("ok");
    }

    boolean leads() {
        return metrics().lines().anyMatch(line -> line.startsWith("portico_operator_term ") && !line.endsWith(" 0.0"));
    }

    String metrics() {
        return get("/metrics");
    }

    private String get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As by kill -9. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        http.close();
    }
}
