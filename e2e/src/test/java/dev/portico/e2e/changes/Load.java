package dev.portico.e2e.changes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that ask one request after the other and count what is not answered as it must be. */
final class Load {
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong asked = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Duration pause;

    private Load(Duration pause) {
        this.pause = pause;
    }

    /** Half of the connections speak HTTP/1.1, half HTTP/2 over TLS; each asks both routes in turn. */
    static Load start(int connections, String http, String https, Duration pause) {
        var load = new Load(pause);
        for (int i = 0; i < connections; i++) {
            var second = i % 2 == 1;
            var version = second ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
            var base = second ? https : http;
            load.threads.add(Thread.ofVirtual().start(() -> load.ask(Clients.of(version), version, base)));
        }
        return load;
    }

    /** From now on failures count: what went before warmed both sides up. */
    void count() {
        failures.clear();
        asked.set(0);
    }

    long asked() {
        return asked.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void ask(HttpClient client, HttpClient.Version version, String base) {
        try (client) {
            for (int i = 0; !over.get(); i++) {
                ask(client, version, URI.create(base + (i % 2 == 0 ? "/route" : "/slice")));
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(HttpClient client, HttpClient.Version version, URI uri) throws InterruptedException {
        asked.incrementAndGet();
        try {
            var request = HttpRequest.newBuilder(uri).timeout(SLOW).build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || answer.version() != version) {
                failures.add(uri + " " + answer.version() + " " + answer.statusCode());
            }
        } catch (IOException e) {
            failures.add(uri + " " + version + " " + e);
        }
    }

    /** Ends all connections; returns when the last request is answered. */
    void end() throws InterruptedException {
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
