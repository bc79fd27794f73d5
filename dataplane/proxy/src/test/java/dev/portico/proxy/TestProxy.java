package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portico.proxy.intake.TestCa;
import dev.portico.proxy.intake.TestOperator;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Action;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.Filter;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.Answer;
import dev.portico.wire.Answer.Ack;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.Root;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole data plane with an operator that pushes to it and a backend that says what it got. */
public final class TestProxy {
    public static final String ID = "test";
    public static final String LISTENER = "http";

    private final Path directory;
    private final List<String> moreArguments;
    private final TestCa ca = new TestCa();
    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final HttpServer backend = backend();
    private final int port = TestPorts.free();
    private Proxy proxy;
    private TestOperator operator;
    private int admin;
    private long version;

    /** What a client got. */
    public record Response(int status, Map<String, String> headers, String body) {
        public @Nullable String header(String lowerCaseName) {
            return headers.get(lowerCaseName);
        }
    }

    @SuppressWarnings("NullAway.Init")
    public TestProxy(Path directory, String... moreArguments) throws Exception {
        this.directory = directory;
        this.moreArguments = List.of(moreArguments);
        ca.dataPlane(ID).writeTo(directory.resolve("identity"));
        start();
    }

    /** Starts, or starts again with the same state. */
    public void start() throws Exception {
        proxy = Proxy.start(config());
        admin = proxy.openAdmin().get(10, TimeUnit.SECONDS);
        operator = new TestOperator(vertx, ca.operator(), proxy.openChannel().get(10, TimeUnit.SECONDS));
    }

    private ProxyConfig config() {
        var arguments = new ArrayList<>(List.of(
                "--data-plane=" + ID,
                "--state=" + directory,
                "--admin-host=127.0.0.1",
                "--admin-port=0",
                "--config-host=127.0.0.1",
                "--config-port=0",
                "--listen-host=127.0.0.1",
                "--event-loops=1",
                "--access-log=" + directory.resolve("access.log"),
                "--drain-accept=0s",
                "--drain-timeout=5s"));
        arguments.addAll(moreArguments);
        return ProxyConfig.parse(arguments.toArray(String[]::new), Map.of());
    }

    public Proxy proxy() {
        return proxy;
    }

    public int port() {
        return port;
    }

    public Endpoint backendEndpoint() {
        return new Endpoint("127.0.0.1", backend.getAddress().getPort());
    }

    /** Pushes a listener, an upstream "echo" at the backend, and these. */
    public Answer push(Section... sections) throws Exception {
        return push(listener(), sections);
    }

    public Answer push(HttpListener listener, Section... sections) throws Exception {
        var all = new ArrayList<Section>(
                List.of(listener, new Upstream("echo", new Balancer.RoundRobin()), endpoints(backendEndpoint())));
        all.addAll(List.of(sections));
        return pushAll(all);
    }

    public Answer pushAll(List<Section> sections) throws Exception {
        List<EncodedSection> put = sections.stream().map(EncodedSection::of).toList();
        Answer answer =
                operator.push(new Push(ID, 1, ++version, null, Root.of(put).toString(), put, List.of()));
        assertThat(answer).isInstanceOf(Ack.class);
        return answer;
    }

    public HttpListener listener() {
        return listener(ClientTraffic.DEFAULT);
    }

    public HttpListener listener(ClientTraffic traffic) {
        return new HttpListener(LISTENER, port, List.of(HttpVersion.HTTP1), null, traffic, AccessLog.DEFAULT);
    }

    public static Endpoints endpoints(Endpoint... endpoints) {
        return new Endpoints("echo", List.of(endpoints));
    }

    public static VirtualHost host(String name, Route... routes) {
        return new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, name),
                List.of(new VirtualHost.Binding(LISTENER, null)),
                List.of(routes));
    }

    public static Route route(String prefix, Filter... filters) {
        return route(prefix, new Forward(List.of(new Forward.Target("echo", 1))), filters);
    }

    public static Route route(String prefix, Action action, Filter... filters) {
        return new Route(
                "test" + prefix, Match.path(PathMatch.Kind.PREFIX, prefix), List.of(filters), action, Timeouts.DEFAULT);
    }

    /** A request with these header lines. */
    public Response get(String host, String target, String... headerLines) {
        return request(port, "GET", host, target, headerLines);
    }

    /** A page of the admin port. */
    public Response admin(String path) {
        return request(admin, "GET", "127.0.0.1", path);
    }

    public List<String> accessLog() throws IOException {
        return Files.readAllLines(directory.resolve("access.log"));
    }

    static Response request(int port, String method, String host, String target, String... headerLines) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            var text = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
            Stream.of(headerLines).forEach(line -> text.append(line).append("\r\n"));
            text.append("Connection: close\r\n\r\n");
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            return response(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response response(BufferedReader in) throws IOException {
        String first = in.readLine();
        if (first == null) {
            throw new IOException("nothing came back");
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        var body = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            body.append((char) c);
        }
        return new Response(Integer.parseInt(first.substring(9, 12)), headers, body.toString());
    }

    /** Says request line and headers, one a line; what is slow waits for {@link #answerSlow}. */
    private HttpServer backend() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::echo);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void echo(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        var text = new StringBuilder();
        text.append(exchange.getRequestMethod())
                .append(' ')
                .append(exchange.getRequestURI())
                .append('\n');
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> text.append(name.toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(value)
                        .append('\n')));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().startsWith("/slow")) {
            awaitSlow();
        }
        exchange.getResponseHeaders().add("X-Backend", "echo");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitSlow() throws IOException {
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** From now on requests for {@code /slow} are answered. */
    public void answerSlow() {
        slow.countDown();
    }

    public void close() throws Exception {
        proxy.drain();
        backend.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
