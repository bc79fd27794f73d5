package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.ClientLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does that has few file descriptors. */
class FileDescriptorsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte[] REQUEST =
            ("GET / HTTP/1.1\r\nHost: " + ProxyProcess.HOST + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);

    /** That those who wait for their turn to ask are cut off meanwhile is not what is looked at. */
    private static final ClientLimits PATIENT =
            TestLimits.patience(new ClientLimits.Timeouts(LONG, LONG, LONG, LONG), ClientLimits.DEFAULT.minBodyRate());

    @TempDir
    Path directory;

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        closeClients();
    }

    @Test
    void withFewFileDescriptorsClientsWaitAndProbesAndEndpointsHaveTheirs() throws Exception {
        try (var backend = new Backend();
                var proxy = new ProxyProcess(
                        directory, "ulimit -n 400", List.of("-Xmx64m"), TestLimits.traffic(PATIENT), backend.port())) {
            for (int i = 0; i < 1_000; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
            }
            await().untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                    .contains("portico_accept_paused{lack=\"file_descriptors\"} 1\n")
                    .containsPattern("(?s)portico_connections_room (\\d+)\n.*portico_upstream_connections_room \\1\n"));
            for (Socket served : clients.subList(0, 50)) {
                served.setSoTimeout(10_000);
                assertThat(status(served)).isEqualTo(200);
                assertThat(proxy.admin("/livez").status()).isEqualTo(200);
            }
            closeClients();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                            .contains("portico_accept_paused{lack=\"file_descriptors\"} 0\n"));
            assertThat(TestProxy.request(proxy.port(), "GET", ProxyProcess.HOST, "/")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static int status(Socket client) throws IOException {
        client.getOutputStream().write(REQUEST);
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            int octet = client.getInputStream().read();
            assertThat(octet).isNotNegative();
            answer.append((char) octet);
        }
        client.getInputStream().skipNBytes("ok".length());
        return Integer.parseInt(answer.substring(9, 12));
    }

    private void closeClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }
}
