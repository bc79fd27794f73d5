package dev.portico.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory = Path.of("");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final int offset = freeOffset();

    @Test
    void theExampleIsServedFollowedAndOutlivesItsProxy() throws Exception {
        var folder = copyOfTheExample();
        var options = new RunOptions(folder, true, offset, 0, 0, 0, directory.resolve("state"));
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (var run = Run.start(options, out)) {
            await().atMost(PATIENCE).until(() -> ask("docs.example.org", "/").startsWith("HTTP/1.1 200"));
            assertThat(ask("docs.example.org", "/a?b=c"))
                    .contains("\"service\":\"docs\",\"namespace\":\"shop\",\"method\":\"GET\",\"path\":\"/a?b=c\"");
            assertThat(ask("shop.example.org", "/x"))
                    .startsWith("HTTP/1.1 308")
                    .contains("https://shop.example.org:" + (offset + 443) + "/x");
            assertThat(ask("unknown.example.org", "/")).startsWith("HTTP/1.1 404");
            theConsoleShowsTheProxyAndItsPages();
            aMistakeIsToldAndCostsNothing(folder);
            aChangeIsServed(folder);
            theProxyStartsAlone(run.proxyPid(), options.state(), out);
        }
    }

    @Test
    void aFolderOfIngressesAloneIsServedByADefaultGateway() throws Exception {
        var folder = Files.createDirectory(directory.resolve("alone"));
        Files.writeString(folder.resolve("all.yaml"), Corpus.INGRESS_ALONE);
        var options = new RunOptions(folder, true, offset, 0, 0, 0, directory.resolve("state"));
        try (var run = Run.start(options, new PrintStream(printed, true, StandardCharsets.UTF_8))) {
            assertThat(run.awaitReady(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> ask("alone.example.org", "/").startsWith("HTTP/1.1 200"));
            assertThat(printed())
                    .contains("  http://127.0.0.1:" + (offset + 80), "  https://127.0.0.1:" + (offset + 443))
                    .doesNotContain("+ ");
        }
    }

    @Test
    void aRunThatCannotBeginLeavesNoProxyBehind() throws Exception {
        var folder = copyOfTheExample();
        var options = new RunOptions(folder, false, offset, 0, 0, 0, directory.resolve("state"));
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8) {
            @Override
            public void print(String text) {
                if (text.startsWith("serving ")) {
                    throw new IllegalStateException("nobody listens");
                }
                super.print(text);
            }
        };
        assertThatThrownBy(() -> Run.start(options, out)).hasMessage("nobody listens");
        assertThat(ProxyState.owner(options.state())).isEmpty();
    }

    private void aMistakeIsToldAndCostsNothing(Path folder) throws IOException {
        var file = folder.resolve("30-ingresses.yaml");
        var good = Files.readString(file);
        Files.writeString(file, good.replace("pathType: Prefix", "pathType: Prefx"));
        await().atMost(PATIENCE).until(() -> printed().contains("pathType \"Prefx\""));
        assertThat(printed())
                .contains("+ " + file + ":")
                .contains("Ingress/shop/docs spec.rules[0].http.paths[0].pathType");
        assertThat(ask("docs.example.org", "/")).startsWith("HTTP/1.1 200");
        Files.writeString(file, good);
        await().atMost(PATIENCE).until(() -> printed().contains("- " + file + ":"));
        aProblemFollowsItsLines(file);
    }

    private void theConsoleShowsTheProxyAndItsPages() throws IOException {
        var url = Pattern.compile("console http://127.0.0.1:(\\d+)/\n").matcher(printed());
        assertThat(url.find()).isTrue();
        var port = Integer.parseInt(url.group(1));
        await().atMost(PATIENCE).until(() -> ask(port, "localhost", "/").contains("up to date"));
        var page = ask(port, "localhost", "/");
        assertThat(page).contains("shop/edge", "portico-standalone");
        assertThat(ask(port, "localhost", pod(page, "readyz"))).endsWith("ok\n");
        assertThat(ask(port, "localhost", pod(page, "metrics"))).contains("portico_table_version ");
        assertThat(ask(port, "localhost", pod(page, "debug/snapshot")))
                .contains("docs.example.org", "BEGIN CERTIFICATE")
                .doesNotContain("PRIVATE KEY");
    }

    private static String pod(String overview, String page) {
        var path = Pattern.compile("/pods/[^\"]+/" + page).matcher(overview);
        assertThat(path.find()).isTrue();
        return path.group();
    }

    /** What the operator found stays, but where it stands moves with the file. */
    private void aProblemFollowsItsLines(Path file) throws IOException {
        var good = Files.readString(file);
        var bad = good.replaceFirst("number: 80", "number: 81");
        Files.writeString(file, bad);
        await().atMost(PATIENCE).until(() -> printed().contains("has no port 81"));
        var line = bad.substring(0, bad.indexOf("number: 81")).lines().count();
        assertThat(printed()).contains("+ " + file + ":" + line + " ");
        Files.writeString(file, "# one line more\n" + bad);
        await().atMost(PATIENCE).until(() -> printed().contains("+ " + file + ":" + (line + 1) + " "));
        Files.writeString(file, good);
        await().atMost(PATIENCE).until(() -> printed().contains("- " + file + ":" + (line + 1) + " "));
    }

    private void aChangeIsServed(Path folder) throws IOException {
        var file = folder.resolve("30-ingresses.yaml");
        Files.writeString(file, Files.readString(file).replace("docs.example.org", "paper.example.org"));
        await().atMost(PATIENCE).until(() -> ask("paper.example.org", "/").startsWith("HTTP/1.1 200"));
        assertThat(ask("docs.example.org", "/")).startsWith("HTTP/1.1 404");
    }

    private void theProxyStartsAlone(long pid, Path state, PrintStream out) throws IOException {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> printed().contains("portico proxy --state " + state));
        var alone = ProxyProcess.start(ProxyState.read(state), out);
        try {
            await().atMost(PATIENCE).until(() -> ask("paper.example.org", "/").startsWith("HTTP/1.1 200"));
        } finally {
            alone.close();
        }
    }

    /** An answer as it is on the wire; empty where nobody answers. */
    private String ask(String host, String path) {
        return ask(offset + 80, host, path);
    }

    private static String ask(int port, String host, String path) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Path copyOfTheExample() throws IOException {
        var folder = Files.createDirectory(directory.resolve("shop"));
        try (var files = Files.list(Path.of("../../docs/examples/shop"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return folder;
    }

    /** An offset with which the ports 80 and 443 of the example are free. */
    private static int freeOffset() {
        while (true) {
            // Below what the kernel gives to connections, which could have taken one before it is bound.
            int offset = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (var _ = new ServerSocket(offset + 80);
                    var _ = new ServerSocket(offset + 443)) {
                return offset;
            } catch (IOException e) {
                // Taken: another one.
            }
        }
    }
}
