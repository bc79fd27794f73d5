package dev.portico.e2e.changes;

import com.sun.net.httpserver.HttpServer;
import dev.portico.e2e.sockets.Ports;
import dev.portico.standalone.run.Run;
import dev.portico.standalone.run.RunOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;

/** Saves changes at a steady rate, a route, a slice and a Secret in turn, and measures when each is served. */
public final class LiveChanges {
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 64;
    /** Requests of each connection before the first change: the load's JVM compiles on the same processors. */
    private static final int WARM_UP = 200;

    private static final int FULL_RUN = 1_000;
    private static final Duration BAR = Duration.ofMillis(150);

    private final Path folder;
    private final int httpPort = Ports.free();
    private final int httpsPort = Ports.free();
    private final Pages pages = new Pages(httpPort, httpsPort);
    private final List<HttpServer> backends = List.of(backend("0"), backend("1"));
    private final HttpClient poller = Clients.of(HttpClient.Version.HTTP_1_1);

    private LiveChanges(Path folder) {
        this.folder = folder;
    }

    /**
     * {@code LiveChanges [CHANGES [PER_SECOND]]}, 1000 at 20 by default. Ends with 1 if a request failed or, in a full run,
     * one change of a hundred took longer than 150 ms.
     */
    public static void main(String[] arguments) throws Exception {
        var changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : FULL_RUN;
        var perSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        var directory = Files.createTempDirectory("portico-changes");
        var result = run(directory, CONNECTIONS, WARM_UP, changes, perSecond, Duration.ofMillis(20));
        System.out.println(result);
        result.failures().stream().limit(20).forEach(System.out::println);
        var slow = changes >= FULL_RUN && result.percentile(99).compareTo(BAR) > 0;
        if (slow) {
            System.out.println("p99 is more than " + BAR.toMillis() + " ms");
        }
        System.exit(result.failures().isEmpty() && !slow ? 0 : 1);
    }

    static Result run(Path directory, int connections, int warmUp, int changes, int perSecond, Duration pause)
            throws Exception {
        return new LiveChanges(Files.createDirectories(directory.resolve("folder")))
                .measure(directory.resolve("state"), connections, warmUp, changes, perSecond, pause);
    }

    private Result measure(Path state, int connections, int warmUp, int changes, int perSecond, Duration pause)
            throws Exception {
        save("gateway.yaml", pages.gateway(0));
        save("secret.yaml", pages.secret(1));
        save("steady.yaml", Pages.slice("steady", port(0)));
        save("moving.yaml", Pages.slice("moving", port(0)));
        var options = new RunOptions(folder, false, RunOptions.PORT_OFFSET, 0, 0, 0, state);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var _ = Run.start(options, out)) {
            await(() -> "0".equals(route()));
            await(() -> certificate() == 1);
            var load = Load.start(connections, http(), https(), pause);
            try {
                await(() -> load.asked() >= (long) connections * warmUp);
                load.count();
                var latencies = save(changes, Duration.ofSeconds(1).dividedBy(perSecond));
                load.end();
                return new Result(load.asked(), load.failures(), latencies);
            } finally {
                load.end();
            }
        } finally {
            backends.forEach(backend -> backend.stop(0));
        }
    }

    /** A change waits for its time, not for the one before it to be served, unless that takes longer. */
    private List<Duration> save(int changes, Duration interval) throws Exception {
        var begin = System.nanoTime();
        var latencies = new ArrayList<Duration>();
        for (int i = 1; i <= changes; i++) {
            var wait = begin + interval.toNanos() * i - System.nanoTime();
            Thread.sleep(Duration.ofNanos(Math.max(0, wait)));
            var saved = System.nanoTime();
            change(i);
            latencies.add(Duration.ofNanos(System.nanoTime() - saved));
        }
        return latencies;
    }

    private void change(int number) throws Exception {
        switch (number % 3) {
            case 0 -> {
                save("gateway.yaml", pages.gateway(number));
                await(() -> Integer.toString(number).equals(route()));
            }
            case 1 -> {
                var next = (number / 3) % 2 == 0 ? 1 : 0;
                save("moving.yaml", Pages.slice("moving", port(next)));
                await(() -> Integer.toString(next).equals(get("/slice").body()));
            }
            default -> {
                save("secret.yaml", pages.secret(number));
                await(() -> certificate() == number);
            }
        }
    }

    private void save(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private String route() throws Exception {
        return get("/route").headers().firstValue("X-Number").orElse("");
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(http() + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        return poller.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private long certificate() throws IOException {
        try (var socket = (SSLSocket) Clients.tls().getSocketFactory().createSocket("localhost", httpsPort)) {
            socket.setSoTimeout(2_000);
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
                    ? leaf.getSerialNumber().longValueExact()
                    : 0;
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not served within " + PATIENCE);
            }
            Thread.sleep(POLL);
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (IOException e) {
            // Not listening yet: the load, not the poller, counts what fails later.
            return false;
        }
    }

    private String http() {
        return "http://localhost:" + httpPort;
    }

    private String https() {
        return "https://localhost:" + httpsPort;
    }

    private int port(int backend) {
        return backends.get(backend).getAddress().getPort();
    }

    private static HttpServer backend(String body) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, body.length());
                    exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came of it: requests, those that failed, and how long each change took from saved to served. */
    record Result(long asked, List<String> failures, List<Duration> latencies) {
        Duration percentile(int percent) {
            var sorted = latencies.stream().sorted(Comparator.naturalOrder()).toList();
            return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
        }

        @Override
        public String toString() {
            return "changes %d, requests %d, failed %d, saved to served: %s"
                    .formatted(
                            latencies.size(),
                            asked,
                            failures.size(),
                            IntStream.of(50, 90, 99, 100)
                                    .mapToObj(percent -> "p" + percent + " "
                                            + percentile(percent).toMillis() + " ms")
                                    .toList());
        }
    }
}
