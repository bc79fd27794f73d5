package dev.portico.e2e;

import dev.portico.proxy.Proxy;
import dev.portico.proxy.ProxyConfig;
import dev.portico.proxy.listener.TransportKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A data plane of this process, on loopback alone. */
public final class LoopbackProxy {
    private LoopbackProxy() {}

    /** @param directory where its identity and its last table are, and its access log */
    public static Proxy start(String dataPlane, Path directory) throws IOException {
        return Proxy.start(new ProxyConfig(
                dataPlane,
                directory,
                directory,
                new ProxyConfig.Address("127.0.0.1", 0),
                new ProxyConfig.Address("127.0.0.1", 0),
                "127.0.0.1",
                1,
                TransportKind.best(),
                directory.resolve("access.log"),
                Duration.ZERO,
                Duration.ZERO));
    }
}
