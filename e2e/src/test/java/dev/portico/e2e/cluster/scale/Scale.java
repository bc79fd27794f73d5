package dev.portico.e2e.cluster.scale;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.bench.Machine;
import dev.portico.e2e.bench.Options;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code Scale [--OPTION=NUMBER...]}: measures what Portico takes on the cluster of KUBECONFIG, where it is installed. */
final class Scale {
    private static final List<Integer> SIZES = List.of(100, 1_000, 5_000);
    /** How many Ingresses there are while routes change, and how many more are applied meanwhile. */
    private static final int SIZE_OF_CHANGES = 1_000;

    private static final int APPLIED = 2_000;

    /** Less is a try, of which the page says nothing. */
    private static final Map<String, Integer> FULL = Map.of("changes", 300, "starts", 3);

    /** It gives its Lease back, so that the next one need not wait for it. */
    private static final Duration TO_END = Duration.ofSeconds(30);
    /** Nobody is sent to it any more. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** Of changes, before those that count: operator and proxy were just started, and not all of them is compiled. */
    private static final int WARM_UP = 50;

    private static final int PORT = 80;
    private static final Path PAGE = Path.of("../docs/results/cluster.md");

    private final Shops shops;
    private final Starts starts;
    private final Changes changes;
    private final Poller poller;
    private final Options options;
    private final List<Sized> operator = new ArrayList<>();
    private final List<Sized> proxy = new ArrayList<>();

    private Scale(Shops shops, Starts starts, Changes changes, Poller poller, Options options) {
        this.shops = shops;
        this.starts = starts;
        this.changes = changes;
        this.poller = poller;
        this.options = options;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            System.exit(run(Options.parse(args, FULL)).bounds().exitCode());
        } catch (IllegalArgumentException e) {
            System.err.println("e2e/bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Results run(Options options) throws IOException, InterruptedException {
        try (var cluster = Cluster.given();
                var shops = Shops.open(cluster)) {
            KubernetesClient client = cluster.client();
            var machine = new Machine();
            var poller = new Poller(new InetSocketAddress(shops.address(), PORT));
            var changes = new Changes(shops, poller);
            var operator = Program.labelled(client, Map.of("app.kubernetes.io/name", "portico-operator"), TO_END);
            var proxy = Program.labelled(client, Map.of("portico.dev/data-plane", shops.dataPlane()), AT_ONCE);
            try {
                var starts = new Starts(new Kubelet(client), operator, proxy, shops, changes, poller);
                Results results = new Scale(shops, starts, changes, poller, options).measure();
                System.out.println(results);
                if (FULL.entrySet().stream().allMatch(full -> options.get(full.getKey()) >= full.getValue())) {
                    Files.writeString(PAGE, page(results, nodes(client), machine.stolen()));
                }
                return results;
            } finally {
                operator.restore();
            }
        }
    }

    private Results measure() throws InterruptedException {
        startAt(SIZES.getFirst());
        startAt(SIZE_OF_CHANGES);
        shops.furnishTo(SIZE_OF_CHANGES + APPLIED);
        changes.make(WARM_UP);
        say("changes");
        Changes.Took idle = changes.make(options.get("changes"));
        say("changes while " + APPLIED + " Ingresses are applied");
        Changes.Took loaded = changes.make(options.get("changes"), APPLIED);
        startAt(SIZES.getLast());
        return new Results(idle, loaded, APPLIED, operator, proxy);
    }

    private void startAt(int size) throws InterruptedException {
        say(size + " Ingresses");
        shops.growTo(size);
        poller.awaitServed(shops.newest(), "/");
        var both = new ArrayList<Starts.Both>();
        for (int i = 0; i < options.get("starts"); i++) {
            both.add(starts.measure());
            say(both.getLast().toString());
        }
        operator.add(new Sized(size, both.stream().map(Starts.Both::operator).toList()));
        proxy.add(new Sized(size, both.stream().map(Starts.Both::proxy).toList()));
    }

    private static void say(String what) {
        System.err.println("e2e/bench: " + what);
    }

    private static String page(Results results, String nodes, String stolen) {
        return """
                # On a cluster

                %s
                **Written → served**: from asking the API server for a change of a route, an Ingress's and a Gateway's own in turn, to the first answer 200 of a path that was not there before, at the
                LoadBalancer address, which is asked every 4 ms on new connections; %,d ms lie between two changes. There are %,d Ingresses at that time, each with a host, a Service and an EndpointSlice of its own. *Loaded*: %,d more are applied
                meanwhile, %.0f a second; kubectl sends 50 requests a second at most. %d changes before are not counted.

                **Start**: all pods are deleted, then there is to be one. Its container's start is what the kubelet says. An operator has served when a change is, that was made while there was none. A proxy has
                served when the Ingress that came last answers at the LoadBalancer address: it starts without a table, and must be Ready and known to kube-proxy.

                **Memory** is the working set of the container, by the kubelet, 5 s or more after it has served: the median of the starts.

                Again: `e2e/bench/run cluster`, with KUBECONFIG, where Portico is installed and `portico-echo` is loaded; it ends with 1 where something does not hold. %s %s
                """.formatted(
                        results,
                        Changes.INTERVAL.toMillis(),
                        SIZE_OF_CHANGES,
                        results.applied(),
                        1e3
                                / Changes.INTERVAL.toMillis()
                                * results.applied()
                                / results.idle().served().sorted().size(),
                        WARM_UP,
                        nodes,
                        stolen);
    }

    private static String nodes(KubernetesClient client) {
        return client.nodes().list().getItems().stream()
                .map(node -> {
                    NodeSystemInfo info = node.getStatus().getNodeInfo();
                    return "A node of %s processors and %s of memory, Linux %s, %s, Kubernetes %s."
                            .formatted(
                                    node.getStatus().getCapacity().get("cpu"),
                                    node.getStatus().getCapacity().get("memory"),
                                    info.getKernelVersion(),
                                    info.getContainerRuntimeVersion(),
                                    info.getKubeletVersion());
                })
                .collect(Collectors.joining(" "));
    }
}
