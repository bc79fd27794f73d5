package dev.portico.e2e.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that leave in the middle of an answer or of a body, and an endpoint that breaks off, 50 times a second. */
final class Trouble implements AutoCloseable {
    private static final int PERIOD_MILLIS = 20;
    private static final int PART = 100 << 10;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final AtomicLong made = new AtomicLong();
    private final int port;
    private final ScheduledFuture<?> making;

    private Trouble(int port, List<byte[]> requests) {
        this.port = port;
        making = threads.scheduleAtFixedRate(
                () -> make(requests.get((int) (made.getAndIncrement() % requests.size()))),
                0,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /**
     * Begins.
     *
     * @param download a path whose answer is longer than 100 KiB
     * @param echo where {@link EchoEndpoint} is found
     */
    static Trouble start(int port, String download, String echo) {
        return new Trouble(
                port,
                List.of(
                        head("GET", download, ""),
                        head("POST", echo + "/upload", "Content-Length: 1048576\r\n"),
                        head("GET", echo + "/truncated", "")));
    }

    private static byte[] head(String method, String path, String more) {
        return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n"
                .formatted(method, path, more)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void make(byte[] request) {
        try (Socket socket = Clients.connect(port)) {
            // Closing resets the connection.
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request);
            if (request[0] == 'P') {
                socket.getOutputStream().write(new byte[PART]);
            } else {
                socket.getInputStream().readNBytes(PART);
            }
        } catch (IOException e) {
            // Half of them end so: what becomes of the others is measured, and what the log says of these.
        }
    }

    long made() {
        return made.get();
    }

    /** Whether it goes on; it ends with {@link #close} alone. */
    boolean isMaking() {
        return !making.isDone();
    }

    @Override
    public void close() {
        threads.close();
    }
}
