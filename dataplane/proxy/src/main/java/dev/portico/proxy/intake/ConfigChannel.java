package dev.portico.proxy.intake;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the config channel open under the identity that the files say now. They are read again every few seconds;
 * files that are missing or broken are no reason to end: traffic goes on, and so does the identity before.
 */
public final class ConfigChannel {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigChannel.class);
    private static final long PERIOD_MILLIS = 2_000;
    /** A proxy that is started beside its operator is often there before its identity: it should not be late for it. */
    private static final long FIRST_PERIOD_MILLIS = 50;

    private static final int FIRST_LOOKS = 200;

    private final Vertx vertx;
    private final Path directory;
    private final String host;
    private final int port;
    private final Intake intake;
    private final Keeper keeper;
    private final Handler<HttpServerRequest> pages;
    private final CompletableFuture<Integer> bound = new CompletableFuture<>();
    private @Nullable Identity used;
    private @Nullable ConfigServer server;
    private String complaint = "";
    private boolean busy;

    /** @param pages answers the operator whatever this channel does not answer itself */
    public ConfigChannel(
            Vertx vertx,
            Path directory,
            String host,
            int port,
            Intake intake,
            Keeper keeper,
            Handler<HttpServerRequest> pages) {
        this.vertx = vertx;
        this.directory = directory;
        this.host = host;
        this.port = port;
        this.intake = intake;
        this.keeper = keeper;
        this.pages = pages;
    }

    /** Opens the channel; the future is the port, as soon as there is an identity. */
    public CompletableFuture<Integer> start() {
        vertx.runOnContext(_ -> look());
        vertx.setPeriodic(PERIOD_MILLIS, _ -> look());
        var looks = new AtomicInteger();
        vertx.setPeriodic(FIRST_PERIOD_MILLIS, timer -> {
            if (used == null && looks.getAndIncrement() < FIRST_LOOKS) {
                look();
            } else {
                vertx.cancelTimer(timer);
            }
        });
        return bound.copy();
    }

    /** On one event loop. */
    private void look() {
        if (busy) {
            return;
        }
        busy = true;
        vertx.executeBlocking(this::read, false)
                .compose(this::use)
                .onComplete(used -> complain(used.cause()))
                .onComplete(_ -> busy = false);
    }

    /** Once for each problem, not every few seconds. */
    private void complain(@Nullable Throwable cause) {
        String said = cause == null ? "" : cause.toString();
        if (used == null && cause instanceof NoSuchFileException) {
            LOG.debug("no identity in {} yet", directory);
        } else if (!said.isEmpty() && !said.equals(complaint)) {
            LOG.warn("cannot use the identity in {}: {}", directory, said);
        }
        complaint = said;
    }

    /** Files that are replaced meanwhile may be of two identities: what is read twice alike is of one. */
    private Identity read() throws IOException {
        var identity = Identity.read(directory);
        if (!identity.equals(used) && !identity.equals(Identity.read(directory))) {
            throw new IOException("it was replaced while it was read");
        }
        return identity;
    }

    private Future<?> use(Identity identity) {
        if (identity.equals(used)) {
            return Future.succeededFuture();
        }
        ConfigServer running = server;
        if (running != null) {
            return running.use(identity).onSuccess(_ -> {
                used = identity;
                LOG.info("config channel uses the new identity");
            });
        }
        var opened = new ConfigServer(vertx, identity, intake, keeper, pages);
        return opened.listen(host, port).onSuccess(actual -> {
            used = identity;
            server = opened;
            bound.complete(actual);
            LOG.info("config channel on {}:{}", host, actual);
        });
    }
}
