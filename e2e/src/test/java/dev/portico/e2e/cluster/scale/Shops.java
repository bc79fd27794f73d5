package dev.portico.e2e.cluster.scale;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.cluster.EchoImage;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A namespace with a Gateway of its own, one pod that echoes, and as many shops as there shall be: each with an Ingress, a
 * host, a Service and an EndpointSlice of its own, all of which lead to that pod.
 */
final class Shops implements AutoCloseable {
    static final String NAMESPACE = "portico-scale";

    /** Of routes that change: one of an Ingress, one of the Gateway's own. */
    static final String INGRESS_HOST = "ingress.example.org";

    static final String GATEWAY_HOST = "gateway.example.org";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** How many requests to the API server there are at once. */
    private static final int HANDS = 8;

    private final Cluster cluster;
    private final KubernetesClient client;
    private int furnished;
    private int opened;

    private Shops(Cluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
    }

    /** An empty one; refused where an earlier one is still there. */
    static Shops open(Cluster cluster) {
        var shops = new Shops(cluster);
        if (shops.client.namespaces().withName(NAMESPACE).get() != null) {
            throw new IllegalArgumentException(
                    "namespace %1$s is there, expected none: kubectl delete namespace,ingressclass %1$s"
                            .formatted(NAMESPACE));
        }
        shops.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(NAMESPACE));
        shops.apply("""
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: %1$s}
                spec:
                  controller: portico.dev/ingress-controller
                  parameters: {apiGroup: portico.dev, kind: Gateway, scope: Namespace, namespace: %1$s, name: edge}
                """.formatted(NAMESPACE));
        shops.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: echo, namespace: %s}
                spec: {selector: {app: echo}, ports: [{port: 80, targetPort: 8080}]}
                """.formatted(NAMESPACE));
        shops.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: echo, namespace: %s, labels: {app: echo}}
                spec:
                  enableServiceLinks: false
                  containers:
                  - {name: echo, image: "%s", imagePullPolicy: IfNotPresent, args: [--service=echo, --body=echo]}
                """.formatted(NAMESPACE, EchoImage.NAME));
        shops.changeGateway("/");
        return shops;
    }

    /** Where its Gateway is asked, on port 80; waits until it has an address. */
    String address() {
        return found(
                "an address of Gateway " + NAMESPACE + "/edge",
                () -> cluster.now(gateway("/")).treesOrNone("status", "addresses").stream()
                        .map(address -> address.text("value"))
                        .findFirst()
                        .orElse(""));
    }

    /** The uid by which all that belongs to its data plane is labelled. */
    String dataPlane() {
        return cluster.now(gateway("/")).text("metadata", "uid");
    }

    /** The host of the shop that came last. */
    String newest() {
        return host(opened - 1);
    }

    /** Until there are so many. */
    void growTo(int size) throws InterruptedException {
        furnishTo(size);
        together(opened, size, this::open);
        opened = size;
    }

    /** Makes Services and EndpointSlices of so many, whose Ingresses may come later. */
    void furnishTo(int size) throws InterruptedException {
        String endpoint = found(
                "an address of the pod that echoes",
                () -> cluster.now(client.pods()
                                .inNamespace(NAMESPACE)
                                .withName("echo")
                                .require())
                        .find("status", "podIP")
                        .map(Object::toString)
                        .orElse(""));
        together(furnished, size, i -> {
            client.resource(service(i)).create();
            client.resource(slice(i, endpoint)).create();
        });
        furnished = size;
    }

    /** One more Ingress, of a shop that is furnished. */
    void openNext() {
        open(opened);
        opened++;
    }

    private void open(int i) {
        client.resource(ingress(name(i), host(i), "/", "Prefix", name(i))).serverSideApply();
    }

    /** Has the Ingress of {@link #INGRESS_HOST} serve this path, and no other. */
    void changeIngress(String path) {
        client.resource(ingress("changed", INGRESS_HOST, path, "Exact", "echo")).serverSideApply();
    }

    /** Has the Gateway's own route serve this path, and no other. */
    void changeGateway(String path) {
        client.resource(gateway(path)).serverSideApply();
    }

    private void apply(String yaml) {
        client.resource(read(yaml)).serverSideApply();
    }

    private static HasMetadata read(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }

    private static HasMetadata gateway(String path) {
        return read("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: %s}
                spec:
                  listeners: [{name: http, port: 80, protocol: HTTP}]
                  infrastructure: {replicas: 1}
                  routes:
                  - name: changed
                    hostnames: [%s]
                    matches: [{path: {type: Exact, value: %s}}]
                    backendRefs: [{name: echo, port: 80}]
                """.formatted(NAMESPACE, GATEWAY_HOST, path));
    }

    private static Ingress ingress(String name, String host, String path, String type, String service) {
        return new IngressBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(NAMESPACE)
                .addNewRule()
                .withHost(host)
                .withNewHttp()
                .addNewPath()
                .withPath(path)
                .withPathType(type)
                .withNewBackend()
                .withNewService()
                .withName(service)
                .withNewPort()
                .withNumber(80)
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule()
                .endSpec()
                .build();
    }

    /** Without a selector: its endpoints are those that {@link #slice} says. */
    private static Service service(int i) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name(i))
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(int i, String endpoint) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name(i))
                .addToLabels("kubernetes.io/service-name", name(i))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withPort(8080)
                .endPort()
                .addNewEndpoint()
                .withAddresses(endpoint)
                .endEndpoint()
                .build();
    }

    private static String name(int i) {
        return "shop-" + i;
    }

    private static String host(int i) {
        return name(i) + ".example.org";
    }

    private static void together(int from, int to, IntConsumer action) throws InterruptedException {
        try (var hands = Executors.newFixedThreadPool(HANDS, Thread.ofVirtual().factory())) {
            var all = IntStream.range(from, to)
                    .<Future<?>>mapToObj(i -> hands.submit(() -> action.accept(i)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String found(String what, Supplier<String> look) {
        return Awaitility.await(what).atMost(PATIENCE).until(look::get, found -> !found.isEmpty());
    }

    /** What is in the namespace goes in its own time. */
    @Override
    public void close() {
        client.network().v1().ingressClasses().withName(NAMESPACE).delete();
        client.namespaces().withName(NAMESPACE).delete();
    }
}
