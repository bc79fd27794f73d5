package dev.portico.operator.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/** What one side of a connection shows and trusts, as PEM. */
public record Identity(String authority, String certificate, String key, Instant notBefore, Instant notAfter) {
    /** Two thirds of its life are over: a new one is needed, and there is time for it. */
    public boolean renewable(Instant now) {
        var life = Duration.between(notBefore, notAfter);
        return now.isAfter(notBefore.plus(life.multipliedBy(2).dividedBy(3)));
    }

    /** Writes ca.crt, tls.crt and tls.key, each replaced in one step; the key first readable by nobody else. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve("ca.crt"), authority);
        write(directory.resolve("tls.key"), key);
        write(directory.resolve("tls.crt"), certificate);
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
