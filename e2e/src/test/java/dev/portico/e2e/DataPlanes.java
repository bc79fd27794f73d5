package dev.portico.e2e;

import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Keys;
import dev.portico.e2e.cases.Tree;
import dev.portico.e2e.sockets.Ports;
import dev.portico.proxy.Proxy;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Section;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.Root;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The data planes of a case, in this process, each started from its golden table as after a restart. */
final class DataPlanes implements AutoCloseable {
    private final List<Proxy> running = new ArrayList<>();
    private final Map<Integer, SocketAddress> bound = new TreeMap<>();

    private DataPlanes() {}

    static DataPlanes start(Case one, Echoes echoes, Path directory) throws IOException {
        Tree snapshot = new Tree(one.snapshot(Keys.of(one.objects())));
        var planes = new DataPlanes();
        for (String dataPlane : snapshot.map().keySet()) {
            Path state = Files.createDirectories(directory.resolve(dataPlane.replace('/', '_')));
            List<Section> sections = snapshot.tree(dataPlane).map().values().stream()
                    .map(golden -> planes.materialise(Sections.write(golden), echoes))
                    .toList();
            planes.start(dataPlane, sections, state);
        }
        return planes;
    }

    private Section materialise(Section golden, Echoes echoes) {
        return switch (golden) {
            case HttpListener listener ->
                new HttpListener(
                        listener.id(),
                        bind(listener.port()),
                        listener.versions(),
                        listener.tls(),
                        listener.clientTraffic(),
                        listener.accessLog());
            case Endpoints endpoints -> echoes.materialise(endpoints);
            case VirtualHost host -> host;
            case Upstream upstream -> upstream;
            case Certificate certificate -> certificate;
        };
    }

    private int bind(int port) {
        int free = Ports.free();
        if (bound.put(port, SocketAddress.inetSocketAddress(free, "127.0.0.1")) != null) {
            throw new IllegalArgumentException("two data planes of the case listen on " + port
                    + ", expected different ports: a request is told by its port");
        }
        return free;
    }

    private void start(String dataPlane, List<Section> sections, Path state) throws IOException {
        List<EncodedSection> put = sections.stream().map(EncodedSection::of).toList();
        var push = new Push(dataPlane, 1, 1, null, Root.of(put).toString(), put, List.of());
        try (var out = Files.newOutputStream(state.resolve("table.ndjson"))) {
            PushCodec.write(push, out);
        }
        running.add(LoopbackProxy.start(dataPlane, state));
    }

    /** Where the listeners' ports are bound. */
    Map<Integer, SocketAddress> bound() {
        return Map.copyOf(bound);
    }

    @Override
    public void close() {
        for (Proxy proxy : running) {
            try {
                proxy.drain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
