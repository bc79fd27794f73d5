package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.ClientLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hundreds of slow clients do to everybody else, and cost the process. */
class SlowClientsTest {
    /** Neither a large nursery nor the optimising compiler takes memory while it is measured: that is not the clients'. */
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xmn16m", "-XX:TieredStopAtLevel=1");

    private static final int OF_EACH_KIND = 200;
    private static final int WARM = 2_000;
    private static final long MOST_MEMORY = 50L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration AT_LAST = Duration.ofSeconds(60);
    private static final String HOST = "Host: " + ProxyProcess.HOST + "\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n";
    private static final String POST = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 100000\r\n\r\n";
    private static final String LARGE = "GET /large HTTP/1.1\r\n" + HOST + "\r\n";

    @TempDir
    Path directory;

    private final List<Socket> clients = new ArrayList<>();

    /** Slow heads, slow bodies, silence behind the head of a request with a body, and clients that do not read. */
    @Test
    void hundredsOfSlowClientsOfFourKindsDisturbNobodyCostLittleAndAreCutOff() throws Exception {
        var limits = TestLimits.patience(
                new ClientLimits.Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE),
                new ClientLimits.MinBodyRate(500, PATIENCE));
        try (var backend = new Backend();
                var proxy = new ProxyProcess(directory, "true", JVM, TestLimits.traffic(limits), backend.port())) {
            for (int i = 0; i < WARM; i++) {
                assertThat(isServed(proxy)).isTrue();
            }
            long before = proxy.residentBytes();
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < OF_EACH_KIND; i++) {
                slow.add(client(proxy, GET));
                slow.add(client(proxy, POST));
                var _ = client(proxy, POST);
                var _ = client(proxy, LARGE);
            }
            long most = 0;
            int asked = 0;
            int failed = 0;
            long deadline = System.nanoTime() + AT_LAST.toNanos();
            while (!areCutOff(proxy.admin("/metrics").body())) {
                assertThat(System.nanoTime() - deadline)
                        .as(() -> "they are not cut off: "
                                + proxy.admin("/metrics").body())
                        .isNegative();
                for (int i = 0; i < 50; i++) {
                    asked++;
                    failed += isServed(proxy) ? 0 : 1;
                }
                drip(slow);
                most = Math.max(most, proxy.residentBytes() - before);
            }
            assertThat(failed).as("of %d good requests", asked).isLessThanOrEqualTo(asked / 1_000);
            assertThat(most).isLessThan(MOST_MEMORY);
            await().atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(proxy.admin("/metrics").body()).contains("portico_upstream_leases 0\n"));
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static boolean isServed(ProxyProcess proxy) {
        try {
            return TestProxy.request(proxy.port(), "GET", ProxyProcess.HOST, "/")
                            .status()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private Socket client(ProxyProcess proxy, String says) throws IOException {
        var client = new Socket();
        clients.add(client);
        client.setReceiveBufferSize(8 * 1024);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        client.getOutputStream().write(says.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static void drip(List<Socket> slow) {
        for (Socket client : slow) {
            try {
                client.getOutputStream().write('x');
            } catch (IOException e) {
                // It was cut off, which is what is waited for.
            }
        }
    }

    private static boolean areCutOff(String metrics) {
        return ended(metrics, "header_timeout") >= OF_EACH_KIND
                && ended(metrics, "body_too_slow") >= 2 * OF_EACH_KIND
                && ended(metrics, "client_too_slow") >= OF_EACH_KIND;
    }

    private static int ended(String metrics, String reason) {
        Matcher count = Pattern.compile("reason=\"" + reason + "\"} (\\d+)\n").matcher(metrics);
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }
}
