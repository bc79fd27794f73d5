package dev.portico.proxy;

import dev.portico.proxy.admin.AdminServer;
import dev.portico.proxy.admin.Readiness;
import dev.portico.proxy.balance.Balancers;
import dev.portico.proxy.intake.ConfigChannel;
import dev.portico.proxy.intake.Intake;
import dev.portico.proxy.intake.IntakeFigures;
import dev.portico.proxy.intake.Keeper;
import dev.portico.proxy.intake.LastKnownGood;
import dev.portico.proxy.listener.Listeners;
import dev.portico.proxy.listener.Loops;
import dev.portico.proxy.listener.TransportKind;
import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.memory.MemoryUse;
import dev.portico.proxy.runtime.KeyedMemory;
import dev.portico.proxy.runtime.Serving;
import dev.portico.proxy.runtime.ServingFigures;
import dev.portico.proxy.runtime.Stages;
import dev.portico.proxy.runtime.TableCompiler;
import dev.portico.proxy.telemetry.LineWriter;
import dev.portico.proxy.telemetry.Telemetry;
import dev.portico.proxy.tls.Engine;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.proxy.tls.UpstreamHops;
import dev.portico.proxy.upstream.UpstreamLimits;
import dev.portico.wire.Answer;
import dev.portico.wire.Answer.Nack;
import dev.portico.wire.MalformedException;
import dev.portico.wire.Push;
import dev.portico.wire.UnknownWordException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data plane that runs: the whole graph, from the operator's pushes to the answers of endpoints.
 *
 * <p>Requests have event loops of their own. What is not a request, the operator, probes and clocks, is on another: it must
 * be answered when those are busy, and a loop with any timer of its own pays for it each time it waits.
 */
public final class Proxy {
    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);

    private static final long REBIND_MILLIS = 2_000;
    /** For clients to take our last words. */
    private static final Duration TO_SHUT_DOWN = Duration.ofSeconds(1);

    private final ProxyConfig config;
    private final Vertx vertx;
    private final Vertx control;
    private final LineWriter accessLog;
    private final Telemetry telemetry;
    private final Listeners listeners;
    private final Readiness readiness;
    private final Intake intake;
    private final Keeper keeper;
    private final AdminServer admin;
    private final ConfigChannel channel;
    private final Thread watch;

    private Proxy(ProxyConfig config, OutputStream log) {
        this.config = config;
        var clock = InstantSource.system();
        vertx = vertx(config.eventLoops(), config.transport());
        // A loop of io_uring makes thousands of buffers before it begins: too dear for what is asked now and then.
        control = vertx(1, TransportKind.NIO);
        LOG.info("{} event loops on {}", config.eventLoops(), config.transport());
        accessLog = new LineWriter(log);
        telemetry = new Telemetry(accessLog, clock);

        var memory = new KeyedMemory();
        var serving = new Serving();
        var engine = Engine.best();
        var compiler = new TableCompiler(
                new Stages(memory, System::nanoTime), new Balancers(memory)::of, new UpstreamHops(engine)::of);

        var use = new MemoryUse();
        var shortage = new Memory(use::share);
        watch = shortage.watch(use::apparent);
        int descriptors = FileDescriptors.forEachSide();
        var loops = new Loops(
                vertx,
                control,
                serving::table,
                telemetry::newRecorder,
                UpstreamLimits.ofLoops(config.eventLoops()).within(descriptors / config.eventLoops()),
                shortage);
        var certificates = new TableCarrier.Certificates(TlsTable.none(engine));
        listeners = new Listeners(loops, config.listenHost(), certificates::get, descriptors);
        var carrier = new TableCarrier(serving, certificates, listeners);
        control.setPeriodic(REBIND_MILLIS, _ -> control.executeBlocking(Executors.callable(listeners::retry), false));

        var figures = new IntakeFigures(clock);
        intake = new Intake(config.dataPlane(), compiler, serving, carrier, figures);
        keeper = new Keeper(new LastKnownGood(config.state()), intake::whole, figures);
        readiness = new Readiness(carrier::obstacle);
        admin = new AdminServer(
                control,
                readiness,
                List.of(
                        telemetry,
                        listeners.figures(),
                        figures,
                        new ServingFigures(serving, memory),
                        new MemoryFigures(shortage, use),
                        new UpstreamFigures(loops::leases, descriptors)));

        channel = new ConfigChannel(
                control,
                config.identity(),
                config.config().host(),
                config.config().port(),
                intake,
                keeper,
                admin::handle);
    }

    private static Vertx vertx(int eventLoops, TransportKind transport) {
        return Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(eventLoops))
                .withTransport(transport.transport())
                .build();
    }

    /** Serves the last known good table at once, if there is one; then opens the channel to the operator. */
    public static Proxy start(ProxyConfig config) throws IOException {
        var proxy = new Proxy(config, accessLog(config));
        proxy.loadLastKnownGood();
        return proxy;
    }

    private static OutputStream accessLog(ProxyConfig config) throws IOException {
        return config.accessLog() == null
                ? new FileOutputStream(FileDescriptor.out)
                : new FileOutputStream(config.accessLog().toFile(), true);
    }

    private void loadLastKnownGood() throws IOException {
        Files.createDirectories(config.state());
        try {
            Optional<Push> stored = new LastKnownGood(config.state()).read();
            if (stored.isPresent() && intake.push(stored.get()) instanceof Nack nack) {
                LOG.warn("the stored table is not used: {}", nack.message());
            }
        } catch (IOException | UnknownWordException | MalformedException e) {
            LOG.warn("the stored table is not used: {}", e.toString());
        }
    }

    /** The port of /livez, /readyz and /metrics. */
    public CompletableFuture<Integer> openAdmin() {
        return admin.listen(config.admin().host(), config.admin().port())
                .onSuccess(port -> LOG.info("admin on {}:{}", config.admin().host(), port))
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** The port of the config channel, as soon as there is an identity. */
    public CompletableFuture<Integer> openChannel() {
        return channel.start();
    }

    /** What is loaded. */
    public Answer state() {
        return intake.state();
    }

    /**
     * Leaves: not ready at once; still accepts for a while, as others learn of it late; then ends connections as their
     * requests end. Those that take too long are told so as far as their protocol allows. Blocks until all that is done.
     */
    public void drain() throws InterruptedException {
        LOG.info("draining: accepting for {} more", config.drainAccept());
        readiness.drain();
        listeners.announceEnd();
        Thread.sleep(config.drainAccept());
        listeners.close();
        if (awaitNoConnections(config.drainTimeout()) > 0) {
            listeners.shutDown();
        }
        long open = awaitNoConnections(TO_SHUT_DOWN);
        LOG.info("drained, {} connections are cut", open);
        keeper.close();
        watch.interrupt();
        Future.all(vertx.close(), control.close())
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
        // Last: what runs to the end is cut with its event loop, and logged then.
        accessLog.close();
    }

    private long awaitNoConnections(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (telemetry.openConnections() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return telemetry.openConnections();
    }
}
