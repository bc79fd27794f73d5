package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.source.secret.CertificateReader;
import dev.portico.operator.source.secret.UnreadableSecretException;
import dev.portico.routetable.Certificate;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateTest {
    private static final Keys SHOP = Keys.of("EC", "shop.example.org");

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void everyKindOfKeyIsServedAsPkcs8InWhateverFormItCame(String algorithm) {
        var keys = Keys.of(algorithm, "shop.example.org");
        for (String key : List.of(keys.key(), keys.oldKey())) {
            var compiled = Worlds.compile(Worlds.edge(tls("a", "t"), Keys.secret("t", keys.pem(), key)));
            var certificate = certificates(compiled).getFirst();

            assertThat(Tell.messages(compiled)).isEmpty();
            assertThat(certificate.privateKey()).startsWith("-----BEGIN PRIVATE KEY-----");
            assertThat(certificate.toString()).doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void hostsWithTlsAreServedByTheirSecretAndPlainRequestsAreSentThere() {
        var compiled = Worlds.compile(Worlds.edge(tls("a", "t"), SHOP.secret("t"), Worlds.ingress("b", "b.org", "/")));

        assertThat(certificates(compiled))
                .extracting(Certificate::toString)
                .containsExactly("Certificate[id=shop/t@https-443, listeners=[https-443], names=[shop.example.org]]");
        assertThat(Tell.hosts(compiled))
                .containsExactly(
                        "b.org@http-80+https-443: PREFIX / -> shop/web:80",
                        "shop.example.org@http-80>443+https-443: PREFIX / -> shop/web:80");
    }

    @Test
    void tlsWithoutHostsMeansTheNamesOfTheCertificate() {
        var keys = Keys.of("EC", "*.example.org", "c.org");
        var compiled =
                Worlds.compile(Worlds.edge(tls("a", "t").replace("hosts: [shop.example.org], ", ""), keys.secret("t")));

        assertThat(names(compiled)).containsExactly("c.org", "*.example.org");
        assertThat(Tell.hosts(compiled).getFirst()).startsWith("shop.example.org@http-80>443");
    }

    @Test
    void theChainIsPutInOrder() {
        var root = Keys.of("EC");
        var leaf = Keys.of("EC", root, Worlds.NOW.plus(Duration.ofDays(9)), "shop.example.org");
        var compiled =
                Worlds.compile(Worlds.edge(tls("a", "t"), Keys.secret("t", root.pem() + leaf.pem(), leaf.key())));

        assertThat(certificates(compiled).getFirst().chain()).isEqualToNormalizingNewlines(leaf.pem() + root.pem());
    }

    @Test
    void aSecretThatCannotBeReadIsAProblemOfItsFieldAndPlainRequestsStayOffTheWire() {
        var other = Keys.of("EC", "shop.example.org");
        var garbage = Worlds.compile(Worlds.edge(tls("a", "t"), Keys.secret("t", "garbage", SHOP.key())));
        var mismatch = Worlds.compile(Worlds.edge(tls("a", "t"), Keys.secret("t", SHOP.pem(), other.key())));
        var missing = Worlds.compile(Worlds.edge(tls("a", "t")));

        assertThat(Tell.problems(garbage)).containsExactly("Secret/shop/t data[tls.crt] InvalidCertificateRef");
        assertThat(Tell.problems(mismatch)).containsExactly("Secret/shop/t data[tls.key] InvalidCertificateRef");
        assertThat(Tell.problems(missing))
                .containsExactly("Ingress/shop/a spec.tls[0].secretName InvalidCertificateRef");
        for (Compiled compiled : List.of(garbage, mismatch, missing)) {
            assertThat(certificates(compiled)).isEmpty();
            assertThat(Tell.hosts(compiled).getFirst()).startsWith("shop.example.org@http-80>443");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RSA 512, is an RSA key of 512 bits",
        "EC secp256k1, is an ECDSA key of a curve",
        "EC secp224r1, is an ECDSA key of a curve",
        "Ed448, is of the kind 1.3.101.113"
    })
    void aKeyWithWhichTlsNeverServesIsAProblemOfItsField(String algorithm, String why) {
        var compiled = Worlds.compile(
                Worlds.edge(tls("a", "t"), Keys.secret("t", SHOP.pem(), Keys.pem(Keys.pair(algorithm)))));

        assertThat(Tell.problems(compiled)).containsExactly("Secret/shop/t data[tls.key] InvalidCertificateRef");
        assertThat(Tell.messages(compiled)).contains(why, ", expected ");
        assertThat(certificates(compiled)).isEmpty();
    }

    @Test
    void noBytesInASecretMakeMoreThanAProblem() {
        var random = new Random(20_261_126);
        for (Keys keys : List.of(Keys.of("RSA", "a.org"), SHOP, Keys.of("Ed25519", "a.org"))) {
            for (int i = 0; i < 1_000; i++) {
                var chain = i % 2 == 0 ? keys.pem() : Mangle.pem(keys.pem(), random);
                var key = i % 2 == 0 ? Mangle.pem(keys.key(), random) : keys.key();
                var secret = new SecretBuilder()
                        .withStringData(Map.of("tls.crt", chain, "tls.key", key))
                        .build();
                assertThatCode(() -> readable(secret)).as(() -> chain + key).doesNotThrowAnyException();
            }
        }
    }

    private static void readable(Secret secret) {
        try {
            CertificateReader.read(secret);
        } catch (UnreadableSecretException e) {
            assertThat(e.field()).startsWith("data[tls.");
        }
    }

    @Test
    void theLastReadableVersionServesOnAndIsSaid() {
        var world = Worlds.edge(tls("a", "t"), SHOP.secret("t"));
        var before = Worlds.compile(world);
        var after = Worlds.compile(Worlds.with(world, Keys.secret("t", "garbage", SHOP.key())));

        assertThat(certificates(after)).isEqualTo(certificates(before)).hasSize(1);
        assertThat(Tell.messages(after)).contains("the last readable version is served");
    }

    @Test
    void timeAloneMakesACertificateExpired() {
        var world = Worlds.edge(tls("a", "t"), SHOP.secret("t"));
        var compiler = new Compiler(CompileOptions.cluster(Worlds.EDGE));

        assertThat(compiler.compile(world).problems()).isEmpty();
        var later = compiler.compile(world.at(Worlds.NOW.plus(Duration.ofDays(31))));
        assertThat(Tell.problems(later)).containsExactly("Secret/shop/t data[tls.crt] InvalidCertificateRef");
        assertThat(certificates(later)).hasSize(1);
    }

    @Test
    void aNameGoesToTheOldestWhoAsksForIt() {
        var other = Keys.of("EC", "shop.example.org");
        var compiled = Worlds.compile(Worlds.edge(
                tls("a", "t"), tls("b", "u").replace("path: /", "path: /b"), SHOP.secret("t"), other.secret("u")));

        assertThat(certificates(compiled)).extracting(Certificate::id).containsExactly("shop/t@https-443");
        assertThat(Tell.problems(compiled)).containsExactly("Ingress/shop/b spec.tls[0].secretName Conflicted");
    }

    @Test
    void tlsOfAnotherNamespaceNeitherSendsAHostsRequestsAwayNorServesItsCertificate() {
        var older = Worlds.ingress("a", "shop.example.org", "/");
        var younger = elsewhere(tls("b", "t").replace("2026-02-01", "2026-02-02"));
        var world = Worlds.edge(older, younger, elsewhere(SHOP.secret("t")));
        var compiler = new Compiler(CompileOptions.cluster(Worlds.EDGE));
        var both = compiler.compile(world);

        assertThat(certificates(both)).isEmpty();
        assertThat(Tell.hosts(both).getFirst()).startsWith("shop.example.org@http-80+https-443:");
        assertThat(both.problems())
                .filteredOn(problem -> problem.field().equals("spec.tls[0].secretName"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("Ingress/other/b ")
                        .contains("Ingress/shop/a")
                        .endsWith("(Conflicted)"));

        var alone = compiler.compile(world.without(ObjectRef.ingress("shop", "a")));
        assertThat(certificates(alone)).hasSize(1);
        assertThat(Tell.hosts(alone).getFirst()).startsWith("shop.example.org@http-80>443+https-443:");
        assertThat(certificates(compiler.compile(world))).isEmpty();
    }

    @Test
    void aNameBelowTheWildcardOfAnotherNamespaceIsNotForSaleWithoutARouteOfItsOwn() {
        var older = Worlds.ingress("a", "'*.example.org'", "/") + "  tls: [{secretName: w}]\n";
        var younger = elsewhere(tls("b", "t").replace("host: shop.example.org", "host: b.org"));
        var compiled = Worlds.compile(
                Worlds.edge(older, younger, Keys.of("EC", "*.example.org").secret("w"), elsewhere(SHOP.secret("t"))));

        assertThat(certificates(compiled)).extracting(Certificate::id).containsExactly("shop/w@https-443");
        assertThat(Tell.problems(compiled)).contains("Ingress/other/b spec.tls[0].secretName Conflicted");
    }

    private static String elsewhere(String yaml) {
        return yaml.replace("namespace: shop", "namespace: other");
    }

    @Test
    void aGatewaysFirstCertificateAnswersForEveryNameOfItsListener() {
        var gateway = """
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: shop, uid: edge-uid, generation: 1}
                spec:
                  listeners:
                  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: t}, {name: gone}]}}
                """;
        var compiled = Worlds.compile(Worlds.of(gateway, SHOP.secret("t")));
        var report = compiled.gateways().values().iterator().next();

        assertThat(names(compiled)).containsExactly("*", "shop.example.org");
        assertThat(report.listeners().getFirst().conditions())
                .extracting(condition -> condition.type() + "=" + condition.reason())
                .containsExactly("Accepted=Accepted", "ResolvedRefs=InvalidCertificateRef");
        assertThat(Tell.problems(compiled))
                .containsExactly("Gateway/shop/edge spec.listeners[0].tls.certificateRefs[1] InvalidCertificateRef");
    }

    @Test
    void aNewVersionOfASecretChangesItsSectionOnly() {
        ClusterState world = Worlds.edge(tls("a", "t"), SHOP.secret("t"));
        var compiler = new Compiler(CompileOptions.cluster(Worlds.EDGE));
        var before = Tell.encoded(compiler.compile(world));
        var rotated = Worlds.with(world, Keys.of("RSA", "shop.example.org").secret("t"));
        var delta = Tell.encoded(compiler.compile(rotated)).since(before);

        assertThat(delta.put()).extracting(section -> section.key()).containsExactly("certificate/shop/t@https-443");
    }

    private static List<Certificate> certificates(Compiled compiled) {
        return Tell.table(compiled).all(Certificate.class).toList();
    }

    private static List<String> names(Compiled compiled) {
        return certificates(compiled).getFirst().names().stream()
                .map(Object::toString)
                .toList();
    }

    private static String tls(String name, String secret) {
        return Worlds.ingress(name, "shop.example.org", "/") + "  tls: [{hosts: [shop.example.org], secretName: "
                + secret + "}]\n";
    }
}
