package dev.portico.standalone.run;

import dev.portico.operator.Operator;
import dev.portico.operator.OperatorConfig;
import dev.portico.operator.model.CompileOptions;
import dev.portico.standalone.admission.Admission;
import dev.portico.standalone.admission.OfflineJudge;
import dev.portico.standalone.api.EmbeddedApi;
import dev.portico.standalone.echo.EchoServers;
import dev.portico.standalone.folder.Watch;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A folder being served: the operator in this process, the proxy in another. */
public final class Run implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final ProxyState state;
    private boolean ended;
    private long proxyPid;

    private Run(ProxyState state) {
        this.state = state;
    }

    /** Serves until the process is told to end; the proxy ends with it unless it is killed. */
    public static Run start(RunOptions options, PrintStream out) throws IOException {
        ProxyProcess.endOther(options.state(), out);
        var run = new Run(ProxyState.create(options.state(), options.adminPort(), options.configPort()));
        // Before there is anything to end: whatever happens from here on leaves no proxy behind.
        Runtime.getRuntime().addShutdownHook(new Thread(run::close, "end"));
        try {
            run.begin(options, out);
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private void begin(RunOptions options, PrintStream out) throws IOException {
        // First, because it starts as slowly as all the rest, and beside it; it waits for its identity.
        var proxy = part(() -> ProxyProcess.start(state, out));
        proxyPid = proxy.pid();
        var api = part(EmbeddedApi::start);
        var echo = options.echo() ? part(EchoServers::new) : null;
        var world = world(api, echo, out);
        part(() -> Watch.start(options.folder(), world::accept));
        var client = part(api::client);
        var config = operatorConfig(options, state);
        var operator = part(() -> Operator.start(config, client, world::problems));
        var console = operator.openConsole(config.consoleHost(), config.consolePort());
        var summary = new Summary(options, state, proxy.pid(), console);
        out.print(summary.started(world.objects()));
        out.flush();
        var pod = new Pod(api, state, () -> {
            out.print(summary.ready());
            out.flush();
            ready.countDown();
        });
        pod.start();
    }

    /** Waits until the folder is served; false if that takes too long. */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return ready.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The process that carries the traffic. */
    public long proxyPid() {
        return proxyPid;
    }

    public ProxyState state() {
        return state;
    }

    /** Ends all parts, the last one first. */
    @Override
    public void close() {
        synchronized (parts) {
            ended = true;
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    System.err.println("portico: a part did not close: " + e);
                }
            }
        }
    }

    private static World world(EmbeddedApi api, @Nullable EchoServers echo, PrintStream out) {
        var judge = new OfflineJudge();
        return new World(api, new Admission(judge), new Additions(judge, echo), new ProblemBoard(out));
    }

    private static OperatorConfig operatorConfig(RunOptions options, ProxyState state) {
        return new OperatorConfig(
                null,
                "portico-system",
                Set.of(),
                CompileOptions.INGRESS_CONTROLLER,
                CompileOptions.GATEWAY_CONTROLLER,
                Additions.DEFAULT_GATEWAY,
                "portico",
                ProxyState.DATA_PLANE,
                state.identity(),
                null,
                options.portOffset(),
                Set.of(state.adminPort(), state.configPort()),
                true,
                "127.0.0.1",
                0,
                "127.0.0.1",
                options.consolePort(),
                List.of("127.0.0.1"));
    }

    private <P extends AutoCloseable> P part(Start<P> start) throws IOException {
        synchronized (parts) {
            if (ended) {
                throw new IllegalStateException("the run was ended while it began");
            }
            var part = start.start();
            parts.push(part);
            return part;
        }
    }

    /** Starts a part. */
    private interface Start<P> {
        P start() throws IOException;
    }
}
