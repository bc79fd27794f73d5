package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Section;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.Root;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A data plane in a process of its own, with bounds of its own, that starts from a stored table. */
public final class ProxyProcess implements AutoCloseable {
    public static final String HOST = "a.example.org";
    private static final String HTTP2 = "http2";
    private static final int PAGE = 4096;

    private final int port = TestPorts.free();
    private final int http2Port = TestPorts.free();
    private final int admin = TestPorts.free();
    private final Process process;

    /**
     * Sends everything for {@link #HOST} to one endpoint.
     *
     * @param bounds what the shell says before, as in {@code ulimit -n 300}
     */
    public ProxyProcess(Path directory, String bounds, List<String> jvm, ClientTraffic traffic, int endpoint)
            throws IOException {
        List<EncodedSection> put =
                table(traffic, endpoint).stream().map(EncodedSection::of).toList();
        try (OutputStream out = Files.newOutputStream(directory.resolve("table.ndjson"))) {
            PushCodec.write(new Push("test", 1, 1, null, Root.of(put).toString(), put, List.of()), out);
        }
        var command = new ArrayList<String>();
        command.addAll(List.of("sh", "-c", bounds + "; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(
                "--data-plane=test",
                "--state=" + directory,
                "--admin-host=127.0.0.1",
                "--admin-port=" + admin,
                "--config-host=127.0.0.1",
                "--config-port=0",
                "--listen-host=127.0.0.1",
                "--event-loops=2",
                "--access-log=" + directory.resolve("access.log"),
                "--drain-accept=0s",
                "--drain-timeout=1s"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out.log").toFile())
                .start();
        await().atMost(30, TimeUnit.SECONDS).until(this::isReady);
    }

    private List<Section> table(ClientTraffic traffic, int endpoint) {
        var bindings = List.of(new VirtualHost.Binding(TestProxy.LISTENER, null), new VirtualHost.Binding(HTTP2, null));
        return List.of(
                listener(TestProxy.LISTENER, port, HttpVersion.HTTP1, traffic),
                listener(HTTP2, http2Port, HttpVersion.HTTP2, traffic),
                new Upstream("echo", new Balancer.RoundRobin()),
                TestProxy.endpoints(new Endpoints.Endpoint("127.0.0.1", endpoint)),
                new VirtualHost(
                        new HostPattern(HostPattern.Kind.EXACT, HOST), bindings, List.of(TestProxy.route("/"))));
    }

    private static HttpListener listener(String name, int port, HttpVersion version, ClientTraffic traffic) {
        return new HttpListener(name, port, List.of(version), null, traffic, AccessLog.DEFAULT);
    }

    /** How much memory the kernel has given to it. */
    public long residentBytes() throws IOException {
        String statm = Files.readString(Path.of("/proc/" + process.pid() + "/statm"));
        return Long.parseLong(statm.split(" ")[1]) * PAGE;
    }

    /** Where clients are served. */
    int port() {
        return port;
    }

    /** The same by HTTP/2, with prior knowledge. */
    public int http2Port() {
        return http2Port;
    }

    private boolean isReady() {
        assertThat(process.isAlive()).isTrue();
        try {
            return admin("/readyz").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public TestProxy.Response admin(String path) {
        return TestProxy.request(admin, "GET", "127.0.0.1", path);
    }

    /** Whether it ends by itself within this time after it was asked to. */
    boolean endsWithin(int seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
