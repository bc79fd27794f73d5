package dev.portico.e2e.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client with every server, through a data plane. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("NullAway.Init")
final class ImplementationsTest {
    private static final List<Integer> SIZES = List.of(1, 125, 126, 65_535, 65_536, 1024 * 1024, Client.LARGEST);
    private final List<Client> clients = new ArrayList<>();
    private final Client http2 = JettyClient.http2();
    private Map<String, Server> servers;
    private Gateway gateway;
    private int opened;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        clients.addAll(Client.all());
        servers = Server.all();
        gateway = new Gateway(servers, directory);
    }

    @AfterAll
    void stop() throws Exception {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gateway.log().stream()
                                .filter(line -> line.contains("\"status\":101"))
                                .count()
                        == opened);
        assertThat(gateway.log()).noneMatch(line -> line.contains("\"reason\""));
        gateway.close();
        http2.close();
        for (Client client : clients) {
            client.close();
        }
        for (Server server : servers.values()) {
            server.close();
        }
    }

    private Stream<Arguments> pairs() {
        return clients.stream()
                .flatMap(client -> servers.keySet().stream()
                        .map(path -> Arguments.of(client.getClass().getSimpleName(), path, client)));
    }

    private Stream<String> paths() {
        return servers.keySet().stream();
    }

    @ParameterizedTest(name = "{0} {1}", autoCloseArguments = false)
    @MethodSource("pairs")
    void speakByHttp1(String name, String path, Client client) throws Exception {
        talk(client, URI.create("ws://127.0.0.1:" + gateway.plain() + path));
    }

    @ParameterizedTest(name = "{0} {1}", autoCloseArguments = false)
    @MethodSource("pairs")
    void speakByTls(String name, String path, Client client) throws Exception {
        talk(client, URI.create("wss://127.0.0.1:" + gateway.tls() + path));
    }

    /** RFC 8441, of which one client is capable; the servers need not know. */
    @ParameterizedTest
    @MethodSource("paths")
    void speakByHttp2(String path) throws Exception {
        talk(http2, URI.create("ws://127.0.0.1:" + gateway.plain() + path));
    }

    private void talk(Client client, URI to) throws Exception {
        messages(client, to);
        for (int code : List.of(1000, 1001, 3000, 4999)) {
            var heard = new Heard();
            open(client, to, heard).close(code, "bye");
            assertThat(heard.next())
                    .isInstanceOfSatisfying(
                            Heard.Closed.class,
                            closed -> assertThat(closed.code()).isEqualTo(code));
        }
        for (int code : List.of(1000, 1011, 4001)) {
            var heard = new Heard();
            open(client, to, heard).text(Server.CLOSE + code);
            assertThat(heard.next()).isEqualTo(new Heard.Closed(code, Server.REASON));
        }
    }

    private void messages(Client client, URI to) throws Exception {
        var heard = new Heard();
        Client.Talk talk = open(client, to, heard);
        var random = new Random(1);
        // TLS changes nothing of what is tunnelled: the largest message in plain text is enough.
        for (int size : to.getScheme().equals("wss") ? SIZES.subList(0, SIZES.size() - 1) : SIZES) {
            byte[] data = new byte[size];
            random.nextBytes(data);
            talk.binary(data);
            assertThat((byte[]) heard.next()).isEqualTo(data);
            String text = "a\u00e9\u20ac".repeat(size / 6) + "x".repeat(size % 6);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(size);
            talk.text(text);
            assertThat((String) heard.next()).isEqualTo(text);
        }
        talk.fragments(List.of(new byte[] {1}, new byte[0], new byte[] {2, 3}, new byte[70_000]));
        assertThat((byte[]) heard.next()).hasSize(70_003).startsWith(1, 2, 3);
        talk.ping("are you there".getBytes(StandardCharsets.US_ASCII));
        assertThat(heard.next()).isEqualTo(new Heard.Pong("are you there"));
        talk.close(1000, "done");
        assertThat(heard.next()).isInstanceOf(Heard.Closed.class);
    }

    private Client.Talk open(Client client, URI to, Heard heard) throws Exception {
        opened++;
        return client.open(to, heard);
    }
}
