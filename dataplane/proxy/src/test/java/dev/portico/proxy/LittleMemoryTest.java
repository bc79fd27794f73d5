package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.ClientTraffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does whose clients ask for more than fits into its memory, and do not read it. */
class LittleMemoryTest {
    private static final List<String> LITTLE =
            List.of("-Xmx64m", "-XX:MaxDirectMemorySize=32m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    private static final int UP_TO_STATUS = "HTTP/1.1 ".length();
    private static final int MOST_CLIENTS = 2_000;
    private static final byte[] REQUEST = get("/large");

    @TempDir
    Path directory;

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void closeClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    @Test
    void newRequestsAreRefusedProbesAreAnsweredAndAllIsWellWhenTheClientsAreGone() throws Exception {
        try (var backend = new Backend();
                var proxy = start(backend);
                Socket idle = served(proxy)) {
            fill(proxy);
            await().untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                    .contains("portico_connection_limits_total{listener=\"http\",limit=\"memory\"} 1\n"));
            assertThat(idle.getInputStream().readAllBytes()).asString().endsWith("ok");
            for (int i = 0; i < 20; i++) {
                assertThat(proxy.admin("/livez").status()).isEqualTo(200);
            }
            closeClients();
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(proxy.admin("/metrics").body()).contains("portico_memory_level 0\n"));
            assertThat(TestProxy.request(proxy.port(), "GET", ProxyProcess.HOST, "/")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theProcessEndsWhenItIsToldTo() throws Exception {
        try (var backend = new Backend();
                var proxy = start(backend)) {
            fill(proxy);
            assertThat(proxy.endsWithin(15)).isTrue();
        }
    }

    private ProxyProcess start(Backend backend) throws IOException {
        return new ProxyProcess(directory, "true", LITTLE, ClientTraffic.DEFAULT, backend.port());
    }

    /** A client that has its answer, and does nothing more. */
    private static Socket served(ProxyProcess proxy) throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(10_000);
        client.getOutputStream().write(get("/"));
        assertThat(client.getInputStream().readNBytes(UP_TO_STATUS + 3))
                .asString()
                .endsWith(" 200");
        return client;
    }

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + ProxyProcess.HOST + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Clients ask one after the other, until one is refused, or is not even answered. */
    private void fill(ProxyProcess proxy) throws IOException {
        String status = "200";
        while (status.equals("200")) {
            assertThat(clients.size()).isLessThan(MOST_CLIENTS);
            status = status(proxy);
        }
        String metrics = proxy.admin("/metrics").body();
        assertThat(metrics).containsPattern("portico_memory_level [23]\n");
        if (!status.isEmpty()) {
            assertThat(status).isEqualTo("503");
            assertThat(metrics).contains("reason=\"overloaded_memory\"} 1\n");
        }
    }

    /** What a client is told; empty where it hears nothing in time, or loses its connection. */
    private String status(ProxyProcess proxy) throws IOException {
        var client = new Socket();
        clients.add(client);
        client.setSoTimeout(10_000);
        client.setReceiveBufferSize(8 * 1024);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        client.getOutputStream().write(REQUEST);
        try {
            byte[] line = client.getInputStream().readNBytes(UP_TO_STATUS + 3);
            return line.length < UP_TO_STATUS + 3 ? "" : new String(line, UP_TO_STATUS, 3, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException | SocketException e) {
            return "";
        }
    }
}
