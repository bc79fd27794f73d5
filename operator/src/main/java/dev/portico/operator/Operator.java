package dev.portico.operator;

import dev.portico.operator.admin.AdminServer;
import dev.portico.operator.compile.Compiler;
import dev.portico.operator.console.Console;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.IdentityFiles;
import dev.portico.operator.model.Problem;
import dev.portico.operator.provision.Made;
import dev.portico.operator.provision.Provisioner;
import dev.portico.operator.provision.Provisioning;
import dev.portico.operator.provision.Settings;
import dev.portico.operator.push.Pusher;
import dev.portico.operator.source.secret.CertificateReader;
import dev.portico.operator.status.Published;
import dev.portico.operator.status.Reporter;
import dev.portico.operator.status.StatusWriter;
import dev.portico.operator.term.Campaign;
import dev.portico.operator.term.Timing;
import dev.portico.operator.watch.AuthoritySecret;
import dev.portico.operator.watch.KubernetesLease;
import dev.portico.operator.watch.NamedSecrets;
import dev.portico.operator.watch.Pods;
import dev.portico.operator.watch.Watches;
import dev.portico.operator.watch.World;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running operator: all parts, and how they hang together. */
public final class Operator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** After one that hangs there is time for another before the Lease counts as not renewed. */
    private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(3);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final Vertx vertx;
    private final Identities identities;
    private final World world;
    private final Campaign campaign;
    private final Provisioning provisioning;
    private final Watches watches;
    private final LoopFigures figures;

    private Operator(OperatorConfig config, KubernetesClient given, Timing timing, Consumer<Set<Problem>> onProblems) {
        var clock = Clock.systemUTC();
        var client = part(clientLike(given, REQUEST_TIMEOUT));
        vertx = Vertx.vertx();
        parts.push(() -> vertx.close().await());
        identities = new Identities(new AuthoritySecret(client, config.namespace()), clock);
        if (config.identityDirectory() != null && config.singleDataPlane() != null) {
            part(IdentityFiles.start(identities, config.singleDataPlane(), config.identityDirectory()));
        }
        world = new World(clock, CertificateReader::remember, Watches.kinds(config.watchedNamespaces()));
        // Of its own: a request that hangs, or waits behind others, must not cost the lead.
        var lease = new KubernetesLease(part(clientLike(given, LEASE_TIMEOUT)), config.namespace());
        watches = part(Watches.start(client, config.watchedNamespaces(), world));
        campaign = part(Campaign.start(lease, holder(), timing, this::leadChanged, world::answered));
        var pusher = Pusher.over(vertx, identities, campaign::raiseAbove, world::answered);
        var writer = part(StatusWriter.start(client, world::answered));
        var published = new Published(config.publishAddresses());
        var reporter = new Reporter(published, config.gatewayController(), writer);
        var compiler = new Compiler(config.compileOptions());
        figures = new LoopFigures(metrics);
        var secrets = new NamedSecrets(client, world);
        var pods = new Pods(config.singleDataPlane());
        provisioning = provisioning(config, given, identities, world::answered);
        part(WorldLoop.start(
                world, compiler, secrets, pods, pusher, campaign, provisioning, reporter, writer, onProblems, figures));
        measure();
    }

    /**
     * @param client says where the API server is; it stays the caller's
     * @param onProblems told of all Problems there are whenever they or objects change, from the operator's loop: must
     *     not block
     */
    public static Operator start(OperatorConfig config, KubernetesClient client, Consumer<Set<Problem>> onProblems) {
        return start(config, client, Timing.DEFAULT, onProblems);
    }

    static Operator start(
            OperatorConfig config, KubernetesClient client, Timing timing, Consumer<Set<Problem>> onProblems) {
        return new Operator(config, client, timing, onProblems);
    }

    /** The term in which it leads; empty if it does not. */
    public OptionalLong term() {
        return campaign.term();
    }

    /**
     * Opens /livez, /readyz and /metrics.
     *
     * @return the port
     */
    public int openAdmin(String host, int port) {
        return part(AdminServer.start(vertx, host, port, figures::obstacle, this::unread, metrics))
                .port();
    }

    /**
     * Opens the web page.
     *
     * @return the port
     */
    public int openConsole(String host, int port) {
        return part(Console.start(vertx, host, port, figures::standing, identities))
                .port();
    }

    // Who begins to lead, or cannot renew its Lease, may have lost connections that nobody closed.
    private void leadChanged() {
        watches.renew();
        world.answered();
    }

    // Ready once it has seen the world; it stays so while the API server is away, and whether or not it leads.
    private String unread() {
        var missing = world.missing();
        return missing.isEmpty() ? "" : "not listed yet: " + String.join(", ", new TreeSet<>(missing));
    }

    private void measure() {
        GaugeWithCallback.builder()
                .name("portico_operator_term")
                .help("The term in which this process leads; 0 if it does not.")
                .callback(gauge -> gauge.call((double) term().orElse(0)))
                .register(metrics);
        GaugeWithCallback.builder()
                .name("portico_operator_watch_silence_seconds")
                .help("How long the API server has said nothing of a kind.")
                .labelNames("kind")
                .callback(gauge ->
                        watches.silences().forEach((kind, silence) -> gauge.call(silence.toMillis() / 1e3, kind)))
                .register(metrics);
        GaugeWithCallback.builder()
                .name("portico_operator_refused_data_planes")
                .help("Data planes that are not as their Gateways say because the API server refuses it.")
                .callback(gauge -> gauge.call((double) refused()))
                .register(metrics);
    }

    private long refused() {
        var progress = provisioning.progress();
        return figures.standing().compiled().gateways().values().stream()
                .filter(report -> progress.of(report).state() == Made.State.REFUSED)
                .count();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not close: {}", e.getMessage());
            }
        }
    }

    private Provisioning provisioning(
            OperatorConfig config, KubernetesClient given, Identities identities, Runnable onChange) {
        var image = config.proxyImage();
        if (image == null) {
            return new Provisioning.Elsewhere();
        }
        // The framework's informers live by the client's retries, unlike our watches.
        var client = part(new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(given.getConfiguration())
                        .withHttp2Disable(true)
                        .build())
                .build());
        var settings = new Settings(image, config.reservedPorts(), config.watchedNamespaces());
        return part(Provisioner.start(
                client,
                identities,
                settings,
                config.compileOptions().dataPlane(),
                () -> campaign.term().isPresent(),
                onChange));
    }

    // A pod's name, for people who look at the Lease; and what differs for each process that ever had it.
    private static String holder() {
        var host = System.getenv("HOSTNAME");
        return (host == null ? "operator" : host) + "_" + UUID.randomUUID();
    }

    // Retries are ours to time: the client's own grow to minutes and hide that nothing is heard. HTTP/1.1, because a
    // request that times out takes its connection with it: the one HTTP/2 connection that all share would be used on,
    // however long it is dead.
    private static KubernetesClient clientLike(KubernetesClient given, Duration requestTimeout) {
        var config = new ConfigBuilder(given.getConfiguration())
                .withWatchReconnectLimit(0)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) requestTimeout.toMillis())
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private <P extends AutoCloseable> P part(P part) {
        parts.push(part);
        return part;
    }
}
