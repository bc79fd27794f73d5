package dev.portico.operator.push;

import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.Identity;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;

/** How the config port of a replica is met: as the operator, and with nobody but a pod of its data plane. */
public final class ConfigPort {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private ConfigPort() {}

    /** For a client that asks this replica alone. Blocks where the authority has to be read. */
    public static HttpClientOptions options(Identities identities, Replica replica) throws IOException {
        try {
            var ours = identities.operator();
            var trust = DataPlaneTrust.of(ours.getFirst().authority(), replica.dataPlane());
            // Which of them is shown follows from the authorities that the pod names in its handshake.
            var shown = new PemKeyCertOptions();
            for (Identity identity : ours) {
                shown.addCertValue(Buffer.buffer(identity.certificate())).addKeyValue(Buffer.buffer(identity.key()));
            }
            return new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setUseAlpn(true)
                    .setSsl(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                    .setKeyCertOptions(shown)
                    .setTrustOptions(TrustOptions.wrap(trust))
                    .setVerifyHost(false) // DataPlaneTrust verifies the name.
                    .setConnectTimeout((int) CONNECT.toMillis())
                    .setDefaultHost(replica.host())
                    .setDefaultPort(replica.port())
                    .setHttp2KeepAliveTimeout(0);
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS to " + replica.name() + ": " + e.getMessage(), e);
        }
    }
}
