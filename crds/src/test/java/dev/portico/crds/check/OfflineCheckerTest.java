package dev.portico.crds.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfflineCheckerTest {
    private static final OfflineChecker CHECKER = OfflineChecker.portico();

    @Test
    void anAcceptedObjectComesBackWithDefaults() {
        Checked checked = CHECKER.check(Examples.object("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: shop}
                spec:
                  listeners: [{name: web, port: 80, protocol: HTTP, httpsRedirect: {}}]
                  routes: [{name: shop, matches: [{path: {}}], backendRefs: [{name: shop, port: 80}]}]
                """));

        assertThat(checked.accepted()).isTrue();
        assertThat(Json.write(checked.object().get("spec")))
                .contains("\"httpsRedirect\":{\"port\":443,\"statusCode\":308}")
                .contains("\"path\":{\"type\":\"PathPrefix\",\"value\":\"/\"}")
                .contains("\"group\":\"\"", "\"kind\":\"Service\"", "\"weight\":1");
    }

    @Test
    void theTreeThatIsCheckedStaysAsItWas() {
        Map<String, @Nullable Object> tree = Examples.object("""
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                stringData: {a: b}
                """);
        String before = Json.write(tree);

        assertThat(CHECKER.check(tree).object()).containsEntry("data", Map.of("a", "Yg=="));
        assertThat(Json.write(tree)).isEqualTo(before);
    }

    @Test
    void everyMistakeOfAnObjectIsFoundAtOnceWithFieldValueAndExpectation() {
        Checked checked = CHECKER.check(Examples.object("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: Shop}
                spec:
                  listeners: [{name: web, port: 0, protocol: HTTP, portt: 80}]
                  telemetry: {accessLog: {format: XML}}
                """));

        assertThat(checked.findings())
                .extracting(Finding::field)
                .containsExactlyInAnyOrder(
                        "metadata.name",
                        "spec.listeners[0].port",
                        "spec.listeners[0].portt",
                        "spec.telemetry.accessLog.format");
        assertThat(checked.findings())
                .contains(new Finding(
                        "spec.telemetry.accessLog.format",
                        Finding.Kind.UNSUPPORTED,
                        "\"XML\"",
                        "supported values: \"Disabled\", \"JSON\", \"Text\""));
    }

    @Test
    void anObjectThatEtcdWouldRefuseIsRefused() {
        Checked checked = CHECKER.check(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "big"),
                "stringData",
                Map.of("a", "x".repeat(2 * 1024 * 1024))));

        assertThat(checked.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .matches("object has about 2097[0-9]{3} bytes, expected at most 1572864 .*"));
    }

    @Test
    void anUnknownKindOrVersionIsRefusedByName() {
        assertThat(CHECKER.check(Map.of("apiVersion", "networking.k8s.io/v1beta1", "kind", "Ingress"))
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("no matches for kind \"Ingress\" in version \"networking.k8s.io/v1beta1\""));
        assertThat(CHECKER.check(Map.of()).accepted()).isFalse();
    }

    @Test
    void aNullIsAnAbsentFieldOfAStandardKindAndAWrongValueOfOurs() {
        assertThat(CHECKER.check(Examples.object("""
                apiVersion: v1
                kind: Service
                metadata: {name: a, creationTimestamp: null}
                spec: {type: null, ports: [{port: 80}]}
                status: {loadBalancer: {}}
                """)).findings()).isEmpty();
        assertThat(CHECKER.check(Examples.object("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: a, creationTimestamp: null}
                spec: {listeners: null}
                """)).findings())
                .extracting(Finding::field)
                .containsExactly("spec.listeners");
    }

    @Test
    void noFindingShowsWhatASecretHolds() {
        Checked checked = CHECKER.check(Examples.object("""
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                data: {password: "hunter2!", other: [hunter2]}
                stringData: {more: [hunter2]}
                """));

        assertThat(checked.findings()).hasSizeGreaterThan(1);
        assertThat(checked.findings().toString()).doesNotContain("hunter2");
    }

    @Test
    void twoHundredAndFortyObjectsAreCheckedInLessThanASecond() throws IOException {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        while (objects.size() < 240) {
            objects.addAll(Examples.objects(java.nio.file.Path.of("valid/gateway-edge.yaml")));
            objects.addAll(Examples.objects(java.nio.file.Path.of("valid/standard.yaml")));
            objects.addAll(Examples.objects(java.nio.file.Path.of("valid/ratelimit-plans.yaml")));
        }
        objects.forEach(CHECKER::check);

        long begin = System.nanoTime();
        objects.forEach(CHECKER::check);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
}
