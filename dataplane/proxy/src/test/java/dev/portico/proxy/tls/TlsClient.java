package dev.portico.proxy.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client of the JDK that believes every certificate and says which one it was shown. */
final class TlsClient {
    private final int port;
    private List<String> protocols = List.of();
    private String version = "TLSv1.3";
    private @Nullable String name;
    private int recordSize = 1 << 14;

    TlsClient(int port) {
        this.port = port;
    }

    TlsClient naming(String serverName) {
        name = serverName;
        return this;
    }

    TlsClient offering(String... offered) {
        protocols = List.of(offered);
        return this;
    }

    TlsClient by(String tlsVersion) {
        version = tlsVersion;
        return this;
    }

    /** The ClientHello in so many bytes a record, and in as many segments. */
    TlsClient inRecordsOf(int bytes) {
        recordSize = bytes;
        return this;
    }

    Connection open() throws IOException {
        var plain = new SplittingSocket(port, recordSize);
        SSLSocket socket =
                (SSLSocket) Credulous.context().getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
        socket.setSoTimeout(5_000);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
            return new Connection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    record Connection(SSLSocket socket) implements AutoCloseable {
        /** The subject of the certificate that was shown. */
        String shown() throws IOException {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }

        String line() throws IOException {
            var line = new StringBuilder();
            int c = socket.getInputStream().read();
            while (c != '\n' && c >= 0) {
                line.append((char) c);
                c = socket.getInputStream().read();
            }
            return line.toString();
        }

        String echo(String text) throws IOException {
            socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
            return line();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
