package dev.portico.operator;

import dev.portico.operator.compile.Compiler;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.IdentityFiles;
import dev.portico.operator.model.Problem;
import dev.portico.operator.push.Pusher;
import dev.portico.operator.source.secret.CertificateReader;
import dev.portico.operator.status.Published;
import dev.portico.operator.status.Reporter;
import dev.portico.operator.status.StatusWriter;
import dev.portico.operator.term.Campaign;
import dev.portico.operator.term.Timing;
import dev.portico.operator.watch.AuthoritySecret;
import dev.portico.operator.watch.KubernetesLease;
import dev.portico.operator.watch.Watches;
import dev.portico.operator.watch.World;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running operator: all parts, and how they hang together. */
public final class Operator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Campaign campaign;

    private Operator(OperatorConfig config, KubernetesClient given, Timing timing, Consumer<Set<Problem>> onProblems) {
        var clock = Clock.systemUTC();
        var client = part(clientLike(given));
        var vertx = Vertx.vertx();
        parts.push(() -> vertx.close().await());
        var identities = new Identities(new AuthoritySecret(client, config.namespace()), clock);
        if (config.identityDirectory() != null && config.singleDataPlane() != null) {
            part(IdentityFiles.start(identities, config.singleDataPlane(), config.identityDirectory()));
        }
        var world = new World(clock, CertificateReader::remember, Watches.kinds(config.watchedNamespaces()));
        var lease = new KubernetesLease(client, config.namespace());
        campaign = part(Campaign.start(lease, UUID.randomUUID().toString(), timing, world::answered));
        var pusher = Pusher.over(vertx, identities, campaign::raiseAbove, world::answered);
        var writer = part(StatusWriter.start(client, world::answered));
        var published = new Published(config.publishAddresses());
        var reporter = new Reporter(published, config.gatewayController(), writer);
        var compiler = new Compiler(config.compileOptions());
        part(WorldLoop.start(world, compiler, pusher, campaign, reporter, writer, onProblems));
        part(Watches.start(client, config.watchedNamespaces(), world));
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

    // Retries are ours to time: the client's own grow to minutes and hide that nothing is heard.
    private static KubernetesClient clientLike(KubernetesClient given) {
        var config = new ConfigBuilder(given.getConfiguration())
                .withWatchReconnectLimit(0)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(10_000)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private <P extends AutoCloseable> P part(P part) {
        parts.push(part);
        return part;
    }
}
