package dev.portico.e2e.cluster.scale;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Asks an address again and again, as a client who has just come: each request on a connection of its own. */
record Poller(InetSocketAddress address) {
    private static final Duration PAUSE = Duration.ofMillis(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 200;
    private static final int READ_MILLIS = 2_000;

    /** When it was served first. */
    Instant awaitServed(String host, String path) throws InterruptedException {
        return await(host, path, true);
    }

    /** When it was no longer served. */
    Instant awaitSilence(String host, String path) throws InterruptedException {
        return await(host, path, false);
    }

    private Instant await(String host, String path, boolean served) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (isServed(host, path) != served) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("http://%s%s at %s: expected it %s within %s"
                        .formatted(host, path, address, served ? "to be served" : "no longer to be served", PATIENCE));
            }
            Thread.sleep(PAUSE);
        }
        return Instant.now();
    }

    private boolean isServed(String host, String path) {
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, host)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .startsWith("HTTP/1.1 200 ");
        } catch (IOException e) {
            // Nobody listens, or no longer.
            return false;
        }
    }
}
