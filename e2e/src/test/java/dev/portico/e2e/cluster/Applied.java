package dev.portico.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.apiserver.Statuses;
import dev.portico.e2e.cases.Addresses;
import dev.portico.e2e.cases.Backends;
import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Keys;
import dev.portico.e2e.cases.Tree;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** A case's objects in a cluster, with pods that echo behind its Services. */
final class Applied implements AutoCloseable {
    /** What endpoints need; all else comes once they are there, so that the first table knows them. */
    private static final Set<String> BEHIND = Set.of("Namespace", "Secret", "ConfigMap", "Service");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Case one;
    private final List<HasMetadata> created = new ArrayList<>();

    Applied(Cluster cluster, Case one) {
        this.cluster = cluster;
        this.one = one;
    }

    void apply() throws IOException {
        List<Tree> objects = one.objects();
        objects.stream().filter(Applied::ofCluster).forEach(this::clear);
        objects.stream().filter(Applied::isBehind).forEach(this::create);
        Backends backends = one.backends();
        List<Addresses.Service> services = Addresses.of(objects, backends).services();
        var pods = new EchoPods(objects);
        services.forEach(service -> cluster.client()
                .resource(pods.of(service, backends.of(service.name())))
                .create());
        await(() -> services.forEach(this::hasEndpoints));
        objects.stream().filter(object -> !isBehind(object)).forEach(this::create);
    }

    private static boolean isBehind(Tree object) {
        return BEHIND.contains(object.text("kind"));
    }

    private static boolean ofCluster(Tree object) {
        return object.find("metadata", "namespace").isEmpty();
    }

    private void create(Tree object) {
        created.add(cluster.create(object.is("Gateway") ? withOneReplica(object) : object.map()));
    }

    /** Where a case does not say how many: it counts requests, and replicas count theirs each for itself. */
    private static Map<String, Object> withOneReplica(Tree gateway) {
        var spec = new HashMap<>(gateway.tree("spec").map());
        spec.putIfAbsent("infrastructure", Map.of("replicas", 1));
        var copy = new HashMap<>(gateway.map());
        copy.put("spec", spec);
        return copy;
    }

    /** What a run left that was killed. */
    private void clear(Tree object) {
        var left = cluster.client().resource(cluster.generic(object.map()));
        if (left.get() != null) {
            left.delete();
            left.waitUntilCondition(Objects::isNull, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void hasEndpoints(Addresses.Service service) {
        long ready = cluster
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(service.namespace())
                .withLabel("kubernetes.io/service-name", service.name())
                .list()
                .getItems()
                .stream()
                // Of a Service without pods there is null.
                .flatMap(slice -> Stream.ofNullable(slice.getEndpoints()).flatMap(List::stream))
                .filter(Applied::isReady)
                .count();
        assertThat(ready)
                .as("ready endpoints of " + service.name())
                .isEqualTo(service.addresses().size());
    }

    private static boolean isReady(Endpoint endpoint) {
        return Boolean.TRUE.equals(endpoint.getConditions().getReady());
    }

    /** Until users are told what the goldens say, Programmed among it. */
    void awaitConditions() throws IOException {
        var statuses = new Statuses(cluster, one.conditions(), this::address);
        await(() -> assertThat(statuses.differences(created)).as(one.name()).isEmpty());
    }

    private void await(ThrowingRunnable asserted) {
        Awaitility.await(one.name())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(asserted);
    }

    /** Where the listeners' ports are bound. */
    Map<Integer, SocketAddress> bound() throws IOException {
        Tree snapshot = new Tree(one.snapshot(Keys.of(one.objects())));
        var bound = new HashMap<Integer, SocketAddress>();
        for (String gateway : snapshot.map().keySet()) {
            for (Object section : snapshot.tree(gateway).map().values()) {
                Tree listener = Tree.of(section);
                if (listener.get("is").equals("HttpListener")) {
                    int port = (int) listener.get("port");
                    bound.put(port, SocketAddress.inetSocketAddress(port, address("Gateway/" + gateway)));
                }
            }
        }
        return bound;
    }

    private String address(String gateway) {
        return created.stream()
                .filter(object -> object.getKind().equals("Gateway"))
                .filter(object ->
                        gateway.equals("Gateway/" + object.getMetadata().getNamespace() + "/"
                                + object.getMetadata().getName()))
                .flatMap(object -> cluster.now(object).treesOrNone("status", "addresses").stream())
                .map(address -> address.text("value"))
                .findFirst()
                .orElse("none");
    }

    @Override
    public void close() {
        // Namespaces go in their own time; what else is of the cluster alone would be seen by the next case.
        created.stream()
                .filter(object -> object.getMetadata().getNamespace() == null)
                .forEach(object -> cluster.client().resource(object).delete());
    }
}
