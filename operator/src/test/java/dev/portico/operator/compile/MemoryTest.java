package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is remembered must never show: after any history a world compiles to what it compiles to at once. */
final class MemoryTest {
    private static final Keys ONE = Keys.of("EC", "a.org", "*.b.org");
    private static final Keys OTHER = Keys.of("EC", "a.org");

    @Test
    void afterAnyHistoryAWorldCompilesAsIfItWereTheFirst() {
        for (long seed = 0; seed < 8; seed++) {
            var random = new Random(seed);
            for (CompileOptions options : List.of(
                    CompileOptions.cluster(Worlds.EDGE),
                    CompileOptions.standalone("standalone", 8000, Set.of(), Worlds.EDGE))) {
                var compiler = new Compiler(options);
                var world = Worlds.edge();
                for (int step = 0; step < 40; step++) {
                    world = step(random, world);
                    var remembered = compiler.compile(world);
                    var fresh = new Compiler(options).compile(world);

                    var where = "seed " + seed + " step " + step;
                    assertThat(remembered.problems()).as(where).isEqualTo(fresh.problems());
                    assertThat(remembered.gateways()).as(where).isEqualTo(fresh.gateways());
                    assertThat(remembered.policies()).as(where).isEqualTo(fresh.policies());
                    assertThat(remembered.ingresses()).as(where).isEqualTo(fresh.ingresses());
                    assertThat(remembered.tables().keySet())
                            .as(where)
                            .isEqualTo(fresh.tables().keySet());
                    fresh.tables().forEach((id, table) -> {
                        var ours = remembered.tables().getOrDefault(id, Table.EMPTY);
                        assertThat(ours.decoded()).as(where).isEqualTo(table.decoded());
                        assertThat(ours.root()).as(where).isEqualTo(table.root());
                    });
                }
            }
        }
    }

    private static ClusterState step(Random random, ClusterState world) {
        var name = random.nextBoolean() ? "x" : "y";
        return switch (random.nextInt(12)) {
            case 0 -> world.without(ObjectRef.ingress("shop", name));
            case 1 -> world.without(ObjectRef.service("shop", "web"));
            case 2 -> Worlds.with(world, Worlds.EDGE_YAML);
            case 3 -> world.without(random.nextBoolean() ? Worlds.EDGE : ObjectRef.gateway("portico", "second"));
            case 4 -> Worlds.with(world, second(random));
            case 5 -> Worlds.with(world, limit(name, random.nextBoolean() ? "x" : "y"));
            case 6 -> world.without(ObjectRef.rateLimit("shop", name));
            case 7 -> Worlds.with(world, (random.nextBoolean() ? ONE : OTHER).secret("t"));
            case 8 -> world.without(ObjectRef.secret("shop", "t"));
            case 9 -> Worlds.with(world, slice(random.nextInt(9)));
            default -> Worlds.with(world, ingress(random, name));
        };
    }

    private static String ingress(Random random, String name) {
        var hosts = List.of("a.org", "c.b.org", "'*.b.org'");
        var tls = random.nextBoolean() ? "  tls: [{secretName: t}]\n" : "";
        return Worlds.ingress(
                        name,
                        "2026-02-0" + (1 + random.nextInt(5)) + "T00:00:00Z",
                        hosts.get(random.nextInt(hosts.size())),
                        "Prefix",
                        random.nextBoolean() ? "/" : "/p",
                        "{name: web, port: {number: 80}}")
                + tls;
    }

    private static String second(Random random) {
        return """
               apiVersion: portico.dev/v1alpha1
               kind: Gateway
               metadata: {name: second, namespace: portico, uid: second-uid, generation: 1, creationTimestamp: "2025-01-01T00:00:00Z"}
               spec:
                 listeners:
                 - {name: web, port: %d, protocol: HTTP, hostname: "*.b.org", allowedRoutes: {namespaces: {from: All}}}
                 - {name: rest, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
                 routes:
                 - {name: r, hostnames: [a.org], filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}
               """.formatted(random.nextBoolean() ? 80 : 8080);
    }

    private static String limit(String name, String ingress) {
        return """
               apiVersion: portico.dev/v1alpha1
               kind: RateLimit
               metadata: {name: %s, namespace: shop}
               spec:
                 targetRefs: [{group: networking.k8s.io, kind: Ingress, name: %s}]
                 limits: [{name: l, requests: {count: 1, per: 1s}, scope: Replica}]
               """.formatted(name, ingress);
    }

    private static String slice(int last) {
        return """
               apiVersion: discovery.k8s.io/v1
               kind: EndpointSlice
               metadata: {name: s, namespace: shop, labels: {kubernetes.io/service-name: web}}
               addressType: IPv4
               ports: [{name: http, port: 80}]
               endpoints: [{addresses: [10.0.0.%d]}]
               """.formatted(last);
    }
}
