package dev.portico.proxy.intake;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this data plane is, and whose word it takes: the three files that the operator's CA made. */
record Identity(Buffer ca, Buffer certificate, Buffer key) {
    static Identity read(Path directory) throws IOException {
        return new Identity(
                bytes(directory.resolve("ca.crt")),
                bytes(directory.resolve("tls.crt")),
                bytes(directory.resolve("tls.key")));
    }

    ServerSSLOptions tls() {
        return new ServerSSLOptions()
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(ca))
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key));
    }

    private static Buffer bytes(Path file) throws IOException {
        return Buffer.buffer(Files.readAllBytes(file));
    }

    @Override
    public String toString() {
        return "Identity";
    }
}
