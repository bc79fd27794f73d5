package dev.portico.operator.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What one side of a connection shows and trusts, as PEM. */
public record Identity(String authority, String certificate, String key, Instant notBefore, Instant notAfter) {
    private static final String AUTHORITY = "ca.crt";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    /** One that was kept as {@link #files}; empty where these are not all there, or hold no certificate. */
    public static Optional<Identity> of(Map<String, String> files) {
        var certificate = files.get(CERTIFICATE);
        var authority = files.get(AUTHORITY);
        var key = files.get(KEY);
        if (certificate == null || authority == null || key == null) {
            return Optional.empty();
        }
        try {
            var read = Pem.certificate(certificate);
            return Optional.of(new Identity(
                    authority,
                    certificate,
                    key,
                    read.getNotBefore().toInstant(),
                    read.getNotAfter().toInstant()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Two thirds of its life are over: a new one is needed, and there is time for it. */
    public boolean renewable(Instant now) {
        var life = Duration.between(notBefore, notAfter);
        return now.isAfter(notBefore.plus(life.multipliedBy(2).dividedBy(3)));
    }

    /** By the names under which a data plane looks for them: ca.crt, tls.crt and tls.key, as PEM. */
    public Map<String, String> files() {
        return Map.of(AUTHORITY, authority, CERTIFICATE, certificate, KEY, key);
    }

    /** Writes the {@link #files}, each replaced in one step; the key first readable by nobody else. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve(AUTHORITY), authority);
        write(directory.resolve(KEY), key);
        write(directory.resolve(CERTIFICATE), certificate);
    }

    private static void write(Path file, String text) throws IOException {
        var fresh = Files.createTempFile(
                file.getParent(),
                ".new",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Identity[notBefore=" + notBefore + ", notAfter=" + notAfter + "]";
    }
}
