package dev.portico.operator.source.secret;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Certificates in PEM. */
final class Pem {
    private Pem() {}

    static List<X509CertificateHolder> certificates(String text, String field) throws UnreadableSecretException {
        var found = CertificateReader.parse(field, "PEM certificates", () -> {
            var certificates = new ArrayList<X509CertificateHolder>();
            var parser = new PEMParser(new StringReader(text));
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof X509CertificateHolder certificate) {
                    certificates.add(certificate);
                }
            }
            return certificates;
        });
        if (found.isEmpty()) {
            throw new UnreadableSecretException(field, "holds no certificate, expected one in PEM");
        }
        return found;
    }

    static String write(List<X509CertificateHolder> chain) throws IOException {
        var text = new StringBuilder();
        for (X509CertificateHolder certificate : chain) {
            text.append(write("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString();
    }

    static String write(String type, byte[] content) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
