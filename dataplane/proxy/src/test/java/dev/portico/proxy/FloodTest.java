package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodTest {
    @TempDir
    Path directory;

    private TestProxy proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = new TestProxy(directory);
        proxy.push(
                proxy.listener(TestLimits.traffic(TestLimits.connections(100, 0, 0))),
                TestProxy.host("a.example.org", TestProxy.route("/")));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
    }

    @Test
    void fiveThousandConnectionsAgainstASmallLimitLeaveTheHealthPageAloneAndEndWithTheirClients() throws Exception {
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 5_000; i++) {
                flood.add(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
                if (i % 500 == 0) {
                    assertThat(proxy.admin("/livez").status()).isEqualTo(200);
                }
            }
            await().untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                    .contains("portico_connections_refused_total{listener=\"http\",limit=\"max_connections\"} 4900\n"));
            assertThat(proxy.admin("/metrics").body()).contains("portico_connections{listener=\"http\"} 100\n");
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
        await().untilAsserted(() ->
                assertThat(proxy.admin("/metrics").body()).contains("portico_connections{listener=\"http\"} 0\n"));
        assertThat(proxy.get("a.example.org", "/").status()).isEqualTo(200);
    }
}
