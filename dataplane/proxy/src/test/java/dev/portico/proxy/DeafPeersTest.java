package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.ClientTraffic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers of WebSockets that read nothing of what the other says without end. */
@Timeout(120)
class DeafPeersTest {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int PEERS = 100;
    private static final int REQUESTS = 4_000;

    @TempDir
    Path directory;

    private final ServerSocket endpoint = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong said = new AtomicLong();

    @SuppressWarnings("NullAway.Init")
    private ProxyProcess proxy;

    DeafPeersTest() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        THREADS.execute(this::accept);
        proxy = new ProxyProcess(
                directory, "true", List.of("-Xms64m", "-Xmx64m"), ClientTraffic.DEFAULT, endpoint.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        proxy.close();
        endpoint.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void aHundredOfThemOnEitherSideDisturbNobodyAndCostLittle() throws IOException {
        // Until the heap has the size that it keeps.
        for (int i = 0; i < 2; i++) {
            assertThat(served()).isEqualTo(REQUESTS);
        }
        open("/deaf", 1);
        long before = proxy.residentBytes();
        open("/talks", PEERS);
        for (Socket client : open("/deaf", PEERS - 1)) {
            THREADS.execute(() -> talk(client));
        }
        atRest();
        assertThat(served()).isGreaterThanOrEqualTo(REQUESTS - REQUESTS / 1_000);
        assertThat(proxy.residentBytes() - before).isLessThan(50L << 20);
        assertThat(proxy.admin("/metrics").body())
                .contains("portico_tunnels{listener=\"http\"} " + 2 * PEERS + "\n")
                .contains("portico_upstream_leases " + 2 * PEERS + "\n");
        over.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        await().untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                .contains("portico_tunnels{listener=\"http\"} 0\n", "portico_upstream_leases 0\n"));
    }

    /** How many of many requests, on connections that they share and on such of their own, were answered well. */
    private int served() {
        var served = new AtomicInteger();
        var clients = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 4; i++) {
            clients.add(CompletableFuture.runAsync(() -> ask(REQUESTS / 4, served), THREADS));
        }
        clients.forEach(CompletableFuture::join);
        return served.get();
    }

    private void ask(int times, AtomicInteger served) {
        for (int i = 0; i < times; i++) {
            try {
                if (TestProxy.request(proxy.port(), "GET", ProxyProcess.HOST, "/")
                                .status()
                        == 200) {
                    served.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                // not served
            }
        }
    }

    private List<Socket> open(String path, int count) throws IOException {
        var opened = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
            sockets.add(client);
            opened.add(client);
            client.setSoTimeout(10_000);
            write(
                    client,
                    "GET " + path + " HTTP/1.1\r\nHost: " + ProxyProcess.HOST
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(head(client)).startsWith("HTTP/1.1 101 ");
        }
        return opened;
    }

    /** Returns when nobody takes anything any more. */
    private void atRest() {
        var before = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> said.get() > 0 && before.getAndSet(said.get()) == said.get());
    }

    private void talk(Socket to) {
        byte[] block = new byte[16 * 1024];
        try {
            OutputStream out = to.getOutputStream();
            while (true) {
                out.write(block);
                said.addAndGet(block.length);
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = endpoint.accept();
                sockets.add(socket);
                THREADS.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
                if (head.startsWith("GET / ")) {
                    write(socket, OK);
                } else {
                    write(socket, SWITCH);
                    if (head.startsWith("GET /talks ")) {
                        talk(socket);
                    }
                    over.await();
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // the proxy gave the connection up
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        return head.toString();
    }
}
