package dev.portico.e2e.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to the API server of KUBECONFIG that tests interrupt. */
final class Line implements AutoCloseable {
    private final URI server = URI.create(Config.autoConfigure(null).getMasterUrl());
    private final NetClient out;
    private final NetServer in;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;

    Line(Vertx vertx) {
        out = vertx.createNetClient();
        in = vertx.createNetServer()
                .connectHandler(this::connect)
                .listen(0, "127.0.0.1")
                .await();
    }

    /** One that goes this way. */
    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.autoConfigure(null))
                        .withMasterUrl("https://127.0.0.1:" + in.actualPort())
                        .build())
                .build();
    }

    /** As when the API server ends: connections break, and new ones are refused. */
    void cut() {
        state = State.CUT;
        pairs.forEach(Pair::close);
    }

    /** As when its node is gone: nothing is closed, and nothing arrives. */
    void silence() {
        state = State.SILENT;
        pairs.forEach(pair -> pair.dead = true);
    }

    /** New connections pass; those that were silenced stay silent for ever. */
    void restore() {
        state = State.WHOLE;
    }

    private void connect(NetSocket near) {
        switch (state) {
            case CUT -> near.close();
            case SILENT -> near.handler(_ -> {});
            case WHOLE -> {
                near.pause();
                out.connect(server.getPort(), server.getHost())
                        .onSuccess(far -> pairs.add(new Pair(near, far)))
                        .onFailure(_ -> near.close());
            }
        }
    }

    @Override
    public void close() {
        in.close().await();
        out.close().await();
    }

    private enum State {
        WHOLE,
        CUT,
        SILENT
    }

    private final class Pair {
        private final NetSocket near;
        private final NetSocket far;
        private volatile boolean dead;

        private Pair(NetSocket near, NetSocket far) {
            this.near = near;
            this.far = far;
            near.handler(bytes -> pass(bytes, far));
            far.handler(bytes -> pass(bytes, near));
            near.closeHandler(_ -> close());
            far.closeHandler(_ -> end());
            near.resume();
        }

        private void pass(Buffer bytes, NetSocket to) {
            if (!dead) {
                to.write(bytes);
            }
        }

        private void end() {
            if (!dead) {
                close();
            }
        }

        private void close() {
            pairs.remove(this);
            near.close();
            far.close();
        }
    }
}
