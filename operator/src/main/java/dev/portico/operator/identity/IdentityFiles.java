package dev.portico.operator.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the identity of one data plane in a directory, and fresh: for a data plane beside the operator. */
public final class IdentityFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityFiles.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMinutes(10);

    private final Identities identities;
    private final String dataPlane;
    private final Path directory;
    private final Thread thread;
    private @Nullable Identity written;

    private IdentityFiles(Identities identities, String dataPlane, Path directory) {
        this.identities = identities;
        this.dataPlane = dataPlane;
        this.directory = directory;
        this.thread = Thread.ofVirtual().name("identity files").unstarted(this::run);
    }

    public static IdentityFiles start(Identities identities, String dataPlane, Path directory) {
        var files = new IdentityFiles(identities, dataPlane, directory);
        files.thread.start();
        return files;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(keep());
            }
        } catch (InterruptedException e) {
            LOG.debug("identity of {} no longer kept fresh", dataPlane);
        }
    }

    private Duration keep() {
        try {
            var current = identities.dataPlane(dataPlane, written);
            if (!current.equals(written)) {
                current.writeTo(directory);
                written = current;
            }
            return BETWEEN;
        } catch (IOException e) {
            LOG.warn("identity of {} not written to {}: {}", dataPlane, directory, e.getMessage());
            return RETRY;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
