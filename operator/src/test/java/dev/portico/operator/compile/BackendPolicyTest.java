package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Unreadable;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.UpstreamTls;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackendPolicyTest {
    private static final Keys AUTHORITY = Keys.of("EC", "ca");
    private static final Keys EDGE = Keys.of("EC", "edge");
    private static final String WEB = "{group: '', kind: Service, name: web}";
    private static final String HTTP = "{group: '', kind: Service, name: web, sectionName: http}";

    static String policy(String name, String target, String spec) {
        return """
               apiVersion: portico.dev/v1alpha1
               kind: BackendPolicy
               metadata: {name: %s, namespace: shop, generation: 1, creationTimestamp: "2026-02-01T00:00:00Z"}
               spec:
                 targetRefs: [%s]
               %s""".formatted(name, target, spec);
    }

    static String strict(String more) {
        return """
                 tls:
                   validation:
                     hostname: web.internal
                     caCertificateRefs: [{kind: ConfigMap, name: ca}]
               %s""".formatted(more);
    }

    static String authorities(String pem) {
        return authorities("ca", pem);
    }

    private static String authorities(String name, String pem) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: shop}\ndata:\n  ca.crt: |\n"
                + pem.indent(4);
    }

    /** A certificate of some 200 KiB. */
    private static String large() {
        var names = IntStream.range(0, 3000).mapToObj(i -> i + ".authority-with-many-names.example.org");
        return Keys.of("EC", names.toArray(String[]::new)).pem();
    }

    private static String slice() {
        return """
               apiVersion: discovery.k8s.io/v1
               kind: EndpointSlice
               metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
               addressType: IPv4
               endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]
               ports: [{name: http, port: 8080, protocol: TCP}]
               """;
    }

    private static Compiled compile(String... yaml) {
        return Worlds.compile(Worlds.with(Worlds.edge(Worlds.ingress("a", "a.org", "/"), slice()), yaml));
    }

    private static Upstream upstream(Compiled compiled) {
        return compiled.tables().values().stream()
                .flatMap(table -> table.decoded().all(Upstream.class))
                .findFirst()
                .orElseThrow();
    }

    private static int endpoints(Compiled compiled) {
        return compiled.tables().values().stream()
                .flatMap(table -> table.decoded().all(Endpoints.class))
                .mapToInt(endpoints -> endpoints.endpoints().size())
                .sum();
    }

    private static PolicyReport report(Compiled compiled, String name) {
        return Objects.requireNonNull(
                compiled.policies().get(new ObjectRef(ObjectRef.PORTICO, "BackendPolicy", "shop", name)));
    }

    private static Optional<Condition> condition(Compiled compiled, String name, String type) {
        return report(compiled, name).conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    @Test
    void theServiceSaysItsProtocolUnlessAPolicyDoes() {
        var h2c = Worlds.EDGE_YAML.replace("targetPort: 8080", "targetPort: 8080, appProtocol: kubernetes.io/h2c");
        assertThat(upstream(compile()).protocol()).isNull();
        assertThat(upstream(compile(h2c)).protocol()).isEqualTo(HttpVersion.HTTP2);
        assertThat(upstream(compile(h2c, policy("p", WEB, "  protocol: HTTP1\n")))
                        .protocol())
                .isEqualTo(HttpVersion.HTTP1);
    }

    @Test
    void aPolicyForThePortGoesBeforeOneForTheServiceForEachBlock() {
        var compiled = compile(
                policy("narrow", HTTP, "  protocol: HTTP1\n"),
                policy("wide", WEB, "  protocol: HTTP2\n" + strict("")),
                authorities(AUTHORITY.pem()));
        assertThat(upstream(compiled).protocol()).isEqualTo(HttpVersion.HTTP1);
        assertThat(upstream(compiled).tls()).isNotNull();
        assertThat(report(compiled, "wide").targets().getFirst().blocksUsed()).containsExactly("tls");
        assertThat(condition(compiled, "wide", "PartiallyEnforced")
                        .orElseThrow()
                        .message())
                .isEqualTo("protocol to BackendPolicy/shop/narrow");
        assertThat(report(compiled, "narrow").targets().getFirst().rules()).isEqualTo(1);
        assertThat(report(compiled, "narrow").ancestors().getFirst().gateway()).isEqualTo(Worlds.EDGE);
    }

    @Test
    void ofTwoWithOneTargetTheOlderWinsAndTheOtherIsConflicted() {
        var compiled = compile(policy("a", WEB, "  protocol: HTTP1\n"), policy("b", WEB, "  protocol: HTTP2\n"));
        assertThat(upstream(compiled).protocol()).isEqualTo(HttpVersion.HTTP1);
        assertThat(condition(compiled, "b", "Accepted").orElseThrow().reason()).isEqualTo("Conflicted");
        assertThat(condition(compiled, "a", "Accepted").orElseThrow().reason()).isEqualTo("Accepted");
    }

    @Test
    void tlsIsMadeOfWhatThePolicyNames() {
        var compiled = compile(
                policy("p", WEB, strict("    clientCertificateRef: {name: edge}\n")),
                authorities(AUTHORITY.pem()),
                EDGE.secret("edge"));
        var tls = Objects.requireNonNull(upstream(compiled).tls());
        assertThat(tls.serverName()).isEqualTo("web.internal");
        assertThat(tls.trust()).isInstanceOfSatisfying(UpstreamTls.Authorities.class, trust -> {
            assertThat(trust.certificates()).startsWith("-----BEGIN CERTIFICATE-----");
            assertThat(trust.names().getFirst().value()).isEqualTo("web.internal");
        });
        assertThat(Objects.requireNonNull(tls.identity()).privateKey()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(tls.toString()).doesNotContain("PRIVATE KEY");
        assertThat(endpoints(compiled)).isEqualTo(1);
        assertThat(Tell.messages(compiled)).isEmpty();
    }

    @Test
    void whatCannotBeVerifiedIsNotAskedAtAll() {
        var missing = compile(policy("p", WEB, strict("")));
        assertThat(endpoints(missing)).isZero();
        assertThat(upstream(missing).tls()).isNull();
        assertThat(condition(missing, "p", "ResolvedRefs").orElseThrow().reason())
                .isEqualTo("InvalidCACertificateRef");
        assertThat(endpoints(compile(policy("p", WEB, strict("")), authorities("no PEM"))))
                .isZero();
        var withoutKey = compile(
                policy("p", WEB, strict("    clientCertificateRef: {name: gone}\n")), authorities(AUTHORITY.pem()));
        assertThat(endpoints(withoutKey)).isZero();
        assertThat(condition(withoutKey, "p", "ResolvedRefs").orElseThrow().reason())
                .isEqualTo("InvalidCertificateRef");
    }

    @Test
    void authoritiesAreCountedOnceAndClosedToIfTheyAreTooMany() {
        var two = policy("p", WEB, strict("").replace("name: ca}", "name: ca}, {kind: ConfigMap, name: more}"));
        var large = large();
        var same = compile(two, authorities(large + large), authorities("more", large + AUTHORITY.pem()));
        assertThat(Objects.requireNonNull(upstream(same).tls()).trust())
                .isInstanceOfSatisfying(
                        UpstreamTls.Authorities.class,
                        trust ->
                                assertThat(trust.certificates()).isEqualToNormalizingNewlines(large + AUTHORITY.pem()));
        assertThat(endpoints(same)).isEqualTo(1);

        var other = compile(two, authorities(large), authorities("more", large()));
        assertThat(upstream(other).tls()).isNull();
        assertThat(endpoints(other)).isZero();
        assertThat(condition(other, "p", "ResolvedRefs").orElseThrow())
                .returns("InvalidCACertificateRef", Condition::reason)
                .extracting(Condition::message, STRING)
                .matches("spec.tls.validation.caCertificateRefs: lead to \\d{6} bytes of certificates in PEM, expected"
                        + " at most 262144 in all, each counted once; what it covers answers 503");
    }

    @Test
    void whatIsNotVerifiedIsSaidAloud() {
        var compiled = compile(policy("p", WEB, "  tls: {verification: InsecureNone}\n"));
        assertThat(Objects.requireNonNull(upstream(compiled).tls()).trust()).isEqualTo(new UpstreamTls.Anybody());
        assertThat(condition(compiled, "p", "InsecureBackend")).isPresent();
        assertThat(endpoints(compiled)).isEqualTo(1);
    }

    @Test
    void anAuthorityThatComesLaterOpensTheServiceAndOneThatGoesClosesIt() {
        var compiler = new Compiler(CompileOptions.cluster(Worlds.EDGE));
        var world = Worlds.edge(Worlds.ingress("a", "a.org", "/"), slice(), policy("p", WEB, strict("")));
        assertThat(endpoints(compiler.compile(world))).isZero();
        var opened = Worlds.with(world, authorities(AUTHORITY.pem()));
        assertThat(endpoints(compiler.compile(opened))).isEqualTo(1);
        assertThat(endpoints(compiler.compile(opened.without(ObjectRef.configMap("shop", "ca")))))
                .isZero();
        assertThat(endpoints(compiler.compile(
                        world.without(new ObjectRef(ObjectRef.PORTICO, "BackendPolicy", "shop", "p")))))
                .isEqualTo(1);
    }

    @Test
    void aTargetThatDoesNotExistIsNamed() {
        var compiled = compile(
                policy("p", "{group: '', kind: Service, name: gone}", "  protocol: HTTP2\n"),
                policy("q", HTTP.replace("http}", "grpc}"), "  protocol: HTTP2\n"));
        assertThat(condition(compiled, "p", "Accepted").orElseThrow().message())
                .isEqualTo("Service/shop/gone does not exist");
        assertThat(condition(compiled, "q", "Accepted").orElseThrow().message())
                .isEqualTo("Service/shop/web has no port grpc, expected one of: 80 (http)");
    }

    @Test
    void aPolicyOfWhichOneTargetIsMissingHoldsAtTheOthers() {
        var compiled = compile(policy("p", WEB + ", {group: '', kind: Service, name: gone}", "  protocol: HTTP2\n"));
        assertThat(upstream(compiled).protocol()).isEqualTo(HttpVersion.HTTP2);
        assertThat(condition(compiled, "p", "Accepted").orElseThrow().reason()).isEqualTo("TargetNotFound");
        assertThat(report(compiled, "p").ancestors().getFirst().conditions())
                .contains(Condition.yes(Condition.ACCEPTED, 1));
    }

    @Test
    void aPolicyThatCannotBeReadClosesWhatItWouldHaveGivenTlsAndSaysSo() {
        var yaml = policy("p", WEB, "  tls: {verification: Sloppy}\n");
        var raw = new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        var problem = new Problem(ObjectRef.of(raw), "spec.tls.verification", "Invalid", "is Sloppy");
        var compiled = Worlds.compile(
                Worlds.edge(Worlds.ingress("a", "a.org", "/"), slice()).with(new Unreadable(raw, List.of(problem))));
        assertThat(endpoints(compiled)).isZero();
        for (String type : List.of("Accepted", "ResolvedRefs")) {
            assertThat(condition(compiled, "p", type))
                    .contains(Condition.no(
                            type, "Invalid", "spec.tls.verification: is Sloppy; what it covers answers 503", 1));
        }
        assertThat(compiled.problems()).containsExactly(problem);
    }

    @Test
    void anExpiredClientCertificateIsShownOnAndReported() {
        var expired = Keys.of("EC", null, Worlds.NOW.minusSeconds(1), "edge");
        var compiled = compile(
                policy("p", WEB, strict("    clientCertificateRef: {name: edge}\n")),
                authorities(AUTHORITY.pem()),
                expired.secret("edge"));
        assertThat(endpoints(compiled)).isEqualTo(1);
        assertThat(Tell.problems(compiled)).containsExactly("Secret/shop/edge data[tls.crt] InvalidCertificateRef");
    }
}
