package dev.portico.e2e.apiserver;

import dev.portico.e2e.LoopbackProxy;
import dev.portico.operator.identity.Identity;
import dev.portico.proxy.Proxy;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A data plane of this process that serves, and its pod. */
final class ProxyPod implements AutoCloseable {
    private final Cluster cluster;
    private final Proxy proxy;
    private final int configPort;
    private final Pod pod;

    private ProxyPod(Cluster cluster, Proxy proxy, String namespace, String dataPlane) {
        this.cluster = cluster;
        this.proxy = proxy;
        configPort = proxy.openChannel().join();
        pod = cluster.pod(namespace, dataPlane, configPort);
    }

    /** @param directory of its own, where its identity is and its last table is kept */
    static ProxyPod start(Path directory, Identity identity, Cluster cluster, String namespace, String dataPlane)
            throws IOException {
        identity.writeTo(directory);
        var proxy = LoopbackProxy.start(dataPlane, directory);
        return new ProxyPod(cluster, proxy, namespace, dataPlane);
    }

    int configPort() {
        return configPort;
    }

    @Override
    public void close() {
        cluster.delete(List.of(pod));
        try {
            proxy.drain();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
