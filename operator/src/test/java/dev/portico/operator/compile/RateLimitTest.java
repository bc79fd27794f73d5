package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Unreadable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private static final String GATEWAY = """
            apiVersion: portico.dev/v1alpha1
            kind: Gateway
            metadata: {name: edge, namespace: shop, uid: edge-uid, generation: 1}
            spec:
              listeners: [{name: http, port: 80, protocol: HTTP}, {name: alt, port: 81, protocol: HTTP}]
              routes:
              - {name: a, hostnames: [a.org], backendRefs: [{name: web, port: 80}]}
              - {name: b, hostnames: [b.org], backendRefs: [{name: web, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {ports: [{port: 80}]}
            """;

    @Test
    void limitsOfAllTargetsThatCoverARouteAddUp() {
        var compiled = Worlds.compile(Worlds.of(
                GATEWAY,
                limit("all", "name: edge", "Overrides", "x"),
                limit("alt", "name: edge, sectionName: alt", "Overrides", "x"),
                limit("one", "name: edge, sectionName: a", "Overrides", "x")));

        assertThat(Tell.hosts(compiled))
                .containsExactly(
                        "a.org@http-80: PREFIX / [shop/all/Gateway/edge/x] [shop/one/Gateway/edge/a/x] -> shop/web:80",
                        "a.org@http-81: PREFIX / [shop/all/Gateway/edge/x] [shop/alt/Gateway/edge/alt/x]"
                                + " [shop/one/Gateway/edge/a/x] -> shop/web:80",
                        "b.org@http-80: PREFIX / [shop/all/Gateway/edge/x] -> shop/web:80",
                        "b.org@http-81: PREFIX / [shop/all/Gateway/edge/x] [shop/alt/Gateway/edge/alt/x]"
                                + " -> shop/web:80");
        var report = report(compiled, "all");
        assertThat(report.targets().getFirst().rules()).isEqualTo(2);
        assertThat(report.targetSummary()).isEqualTo("Gateway/edge");
        assertThat(report.dataPlanes()).containsExactly("edge-uid");
        assertThat(report.ancestors()).hasSize(1);
        assertThat(compiled.gateways()
                        .values()
                        .iterator()
                        .next()
                        .routes()
                        .getFirst()
                        .policies())
                .hasSize(3);
    }

    @Test
    void onlyAPolicyOfDefaultsLetsAMoreSpecificOneReplaceALimitOfTheSameName() {
        var compiled = Worlds.compile(Worlds.of(
                GATEWAY,
                limit("all", "name: edge", "Defaults", "x"),
                limit("one", "name: edge, sectionName: a", "Overrides", "x")));

        assertThat(Tell.hosts(compiled))
                .containsExactly(
                        "a.org@http-80+http-81: PREFIX / [shop/one/Gateway/edge/a/x] -> shop/web:80",
                        "b.org@http-80+http-81: PREFIX / [shop/all/Gateway/edge/x] -> shop/web:80");
        assertThat(report(compiled, "all").conditions())
                .extracting(Condition::type)
                .contains("PartiallyEnforced");
        assertThat(report(compiled, "all").targets().getFirst().blocksLost())
                .containsExactly(new PolicyReport.Lost("x", "Gateway/edge/a"));
        assertThat(report(compiled, "all").targets().getFirst().blocksUsed()).containsExactly("x");
    }

    @Test
    void aLimitThatIsReplacedWhereverItWouldHoldIsOverridden() {
        var compiled = Worlds.compile(Worlds.of(
                GATEWAY,
                limit("all", "name: edge", "Defaults", "x"),
                limit("one", "name: edge, sectionName: a", "Overrides", "x"),
                limit("two", "name: edge, sectionName: b", "Overrides", "x")));

        assertThat(report(compiled, "all").conditions())
                .extracting(Condition::type)
                .contains("Overridden")
                .doesNotContain("PartiallyEnforced");
        assertThat(report(compiled, "all").targets().getFirst().blocksUsed()).isEmpty();
        assertThat(report(compiled, "one").targets().getFirst().blocksUsed()).containsExactly("x");
    }

    @Test
    void aChangeReportsOnlyThePoliciesThatItConcerns() {
        var world = Worlds.edge(
                Worlds.ingress("a", "a.org", "/"), ofIngress("a"), Worlds.ingress("b", "b.org", "/"), ofIngress("b"));
        var compiler = new Compiler(CompileOptions.cluster(Worlds.EDGE));
        var before = compiler.compile(world);
        var after = compiler.compile(Worlds.with(world, Worlds.ingress("a", "c.org", "/")));

        assertThat(report(after, "b")).isSameAs(report(before, "b"));
        assertThat(report(after, "a")).isNotSameAs(report(before, "a"));
    }

    private static String ofIngress(String name) {
        return limit(name, "name: " + name, "Defaults", "x")
                .replace("portico.dev, kind: Gateway", "networking.k8s.io, kind: Ingress");
    }

    @Test
    void anIngressIsCoveredWholeOrByHostAndByTheGatewayOfItsClass() {
        var compiled = Worlds.compile(Worlds.edge(
                Worlds.ingress("web", "h.org", "/"),
                limit("w", "name: web", "Overrides", "x")
                        .replace("portico.dev, kind: Gateway", "networking.k8s.io, kind: Ingress"),
                limit("h", "name: web, sectionName: h.org", "Overrides", "x")
                        .replace("portico.dev, kind: Gateway", "networking.k8s.io, kind: Ingress")));

        assertThat(Tell.hosts(compiled))
                .containsExactly("h.org@http-80+https-443: PREFIX / [shop/w/Ingress/web/x] [shop/h/Ingress/web/h.org/x]"
                        + " -> shop/web:80");
        assertThat(report(compiled, "w").ancestors().getFirst().gateway()).isEqualTo(Worlds.EDGE);
    }

    @Test
    void aTargetThatIsNotThereIsSaidAndTheOthersHold() {
        var compiled = Worlds.compile(Worlds.of(
                GATEWAY,
                limit("x", "name: edge, sectionName: nowhere", "Overrides", "x"),
                limit("y", "name: gone", "Overrides", "x")));

        assertThat(Tell.problems(compiled))
                .containsExactly(
                        "RateLimit/shop/x spec.targetRefs[0] TargetNotFound",
                        "RateLimit/shop/y spec.targetRefs[0] TargetNotFound");
        assertThat(report(compiled, "x").conditions().getFirst().reason()).isEqualTo("TargetNotFound");
        assertThat(Tell.hosts(compiled)).allMatch(host -> host.endsWith("-> shop/web:80"));
    }

    @Test
    void whatCannotBeReadClosesWhatItCovers() {
        var bad = limit("bad", "name: edge, sectionName: a", "Overrides", "x")
                .replace("key: []", "key: [], matches: [{path: {type: RegularExpression, value: '('}}]");
        var compiled = Worlds.compile(Worlds.of(GATEWAY, bad));

        assertThat(Tell.hosts(compiled))
                .containsExactly(
                        "a.org@http-80+http-81: PREFIX / -> 503", "b.org@http-80+http-81: PREFIX / -> shop/web:80");
        assertThat(report(compiled, "bad").conditions().getFirst().reason()).isEqualTo("Invalid");
    }

    @Test
    void whatCannotEvenBeDecodedClosesWhatItsRawFormIsAimedAt() {
        var yaml = limit("bad", "name: edge, sectionName: a", "Overrides", "x");
        var raw = new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        var problem =
                new Problem(ObjectRef.rateLimit("shop", "bad"), "spec.limits[0].nope", "Invalid", "unknown field");
        var world = Worlds.of(GATEWAY, yaml).with(new Unreadable(raw, List.of(problem)));

        assertThat(Tell.hosts(Worlds.compile(world)).getFirst()).endsWith("-> 503");
        assertThat(Worlds.compile(world).problems()).containsExactly(problem);
        assertThat(Tell.hosts(Worlds.compile(Worlds.with(world, yaml))).getFirst())
                .endsWith("-> shop/web:80");
    }

    private static PolicyReport report(Compiled compiled, String name) {
        return Objects.requireNonNull(compiled.policies().get(ObjectRef.rateLimit("shop", name)));
    }

    private static String limit(String name, String target, String strategy, String limit) {
        return """
               apiVersion: portico.dev/v1alpha1
               kind: RateLimit
               metadata: {name: %s, namespace: shop, generation: 2}
               spec:
                 targetRefs: [{group: portico.dev, kind: Gateway, %s}]
                 mergeStrategy: %s
                 limits: [{name: %s, key: [], requests: {count: 10, per: 1s}, scope: Replica}]
               """.formatted(name, target, strategy, limit);
    }
}
