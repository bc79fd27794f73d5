package dev.portico.proxy.intake;

import dev.portico.wire.MalformedException;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.UnknownWordException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The file from which the next start serves. It holds private keys: nobody but the owner reads it. */
public final class LastKnownGood {
    private final Path file;

    public LastKnownGood(Path directory) {
        this.file = directory.resolve("table.ndjson");
    }

    /** The stored table; empty where there is none. */
    public Optional<Push> read() throws IOException, UnknownWordException, MalformedException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(PushCodec.read(in));
        }
    }

    /** Replaces the file in one step: a reader sees the former table or this one, whenever the process dies. */
    void write(Push push) throws IOException {
        Path next = file.resolveSibling("table.ndjson.next");
        Files.deleteIfExists(next);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(
                        next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024)) {
            PushCodec.write(push, out);
            out.flush();
            channel.force(false);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
