package dev.portico.e2e.websocket;

import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Tree;
import dev.portico.e2e.sockets.Ports;
import dev.portico.proxy.Proxy;
import dev.portico.proxy.ProxyConfig;
import dev.portico.proxy.listener.TransportKind;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Tls;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A data plane with a plain and a TLS listener in front of the servers, each behind its path. */
final class Gateway implements AutoCloseable {
    private final Proxy proxy;
    private final Path log;
    private final int plain = Ports.free();
    private final int tls = Ports.free();

    Gateway(Map<String, Server> servers, Path directory) throws IOException {
        log = directory.resolve("access.log");
        List<EncodedSection> put =
                sections(servers).stream().map(EncodedSection::of).toList();
        try (var out = Files.newOutputStream(directory.resolve("table.ndjson"))) {
            PushCodec.write(new Push("ws", 1, 1, null, Root.of(put).toString(), put, List.of()), out);
        }
        var anyPort = new ProxyConfig.Address("127.0.0.1", 0);
        proxy = Proxy.start(new ProxyConfig(
                "ws",
                directory,
                directory,
                anyPort,
                anyPort,
                "127.0.0.1",
                2,
                TransportKind.best(),
                log,
                Duration.ZERO,
                Duration.ofSeconds(5)));
    }

    private List<Section> sections(Map<String, Server> servers) throws IOException {
        var sections = new ArrayList<Section>(List.of(
                new HttpListener(
                        "http",
                        plain,
                        List.of(HttpVersion.HTTP1, HttpVersion.HTTP2),
                        null,
                        ClientTraffic.DEFAULT,
                        AccessLog.DEFAULT),
                new HttpListener(
                        "https",
                        tls,
                        List.of(HttpVersion.HTTP1, HttpVersion.HTTP2),
                        new Tls(Tls.MinVersion.TLS_1_2),
                        ClientTraffic.DEFAULT,
                        AccessLog.DEFAULT),
                certificate()));
        var routes = new ArrayList<Route>();
        servers.forEach((path, server) -> {
            sections.add(new Upstream(path, new Balancer.RoundRobin()));
            sections.add(new Endpoints(path, List.of(new Endpoints.Endpoint("127.0.0.1", server.port()))));
            routes.add(new Route(
                    path,
                    Match.path(PathMatch.Kind.EXACT, path),
                    List.of(),
                    new Forward(List.of(new Forward.Target(path, 1))),
                    Timeouts.DEFAULT));
        });
        sections.add(new VirtualHost(
                HostPattern.ANY,
                List.of(new VirtualHost.Binding("http", null), new VirtualHost.Binding("https", null)),
                routes));
        return sections;
    }

    /** Any that is at hand: the clients believe it. */
    private static Certificate certificate() throws IOException {
        Tree secret = new Case(Path.of("cases", "ingress-tls"))
                .objects().stream()
                        .filter(object -> object.is("Secret"))
                        .findFirst()
                        .orElseThrow();
        return new Certificate(
                "any",
                List.of("https"),
                List.of(HostPattern.ANY),
                pem(secret.text("data", "tls.crt")),
                pem(secret.text("data", "tls.key")));
    }

    private static String pem(String encoded) {
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
    }

    int plain() {
        return plain;
    }

    int tls() {
        return tls;
    }

    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    @Override
    public void close() {
        try {
            proxy.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
