package dev.portico.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portico.standalone.folder.LocatedProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidationTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyBrokenObjectIsOneProblemThatNamesFileLineObjectAndField() throws IOException {
        Corpus.write(folder);
        var problems = Validation.of(folder, Instant.now()).problems();
        var told = problems.stream().map(LocatedProblem::toString).collect(Collectors.joining("\n"));
        for (int i = 0; i < Corpus.BROKEN.size(); i++) {
            var field = Corpus.BROKEN.get(i).field();
            var name = Corpus.BROKEN.get(i).text().contains("BROKEN") ? "/broken" + i : "Bad_Name";
            assertThat(problems.stream().filter(problem -> problem.object().endsWith(name)))
                    .as(name + " in\n" + told)
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.field()).contains(field);
                        assertThat(problem.file()).contains("part-");
                        assertThat(problem.line()).isPositive();
                        assertThat(problem.expectation()).isNotEmpty();
                    });
        }
        assertThat(problems).as(told).hasSize(Corpus.BROKEN.size());
    }

    @Test
    void theExamplesHaveNoProblem() {
        var examples = Path.of("../../docs/examples/shop");
        assertThat(Validation.of(examples, Instant.now()).problems()).isEmpty();
    }

    @Test
    void aFolderOfIngressesAloneHasNoProblem() throws IOException {
        Files.writeString(folder.resolve("all.yaml"), Corpus.INGRESS_ALONE);
        assertThat(Validation.of(folder, Instant.now())).isEqualTo(new Validation(2, List.of()));
    }

    @Test
    void aGatewayThatIsRefusedIsNotReplacedByTheDefaultOne() throws IOException {
        Files.writeString(folder.resolve("all.yaml"), Corpus.INGRESS_ALONE + """
                ---
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: own}
                spec: {listeners: [{name: http, port: 0, protocol: HTTP}]}
                """);
        assertThat(Validation.of(folder, Instant.now()).problems())
                .extracting(LocatedProblem::object, LocatedProblem::field)
                .containsExactly(
                        tuple("Ingress/default/web", "spec.ingressClassName"),
                        tuple("Gateway/default/own", "spec.listeners[0].port"));
    }

    @Test
    void anObjectOfTwoMegabytesIsAProblemThatDoesNotShowIt() throws IOException {
        Files.writeString(
                folder.resolve("big.yaml"),
                "apiVersion: v1\nkind: Secret\nmetadata: {name: big}\nstringData: {x: " + "x".repeat(2 << 20) + "}\n");
        assertThat(Validation.of(folder, Instant.now()).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.object()).isEqualTo("Secret/default/big");
                    assertThat(problem.toString())
                            .contains("expected at most 1572864")
                            .hasSizeLessThan(400);
                });
    }

    @Test
    void anIngressWhoseClassDoesNotExistIsToldWhichOnesDo() throws IOException {
        Files.writeString(folder.resolve("all.yaml"), Corpus.INGRESS_ALONE.replace("Name: portico", "Name: portcio"));
        assertThat(Validation.of(folder, Instant.now()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("Ingress/default/web spec.ingressClassName \"portcio\"")
                        .contains("there is no IngressClass portcio", "expected portico"));
    }

    @Test
    void anIngressWithoutAClassIsToldThatNoneIsTheDefault() throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"), Corpus.INGRESS_ALONE.replace("  ingressClassName: portico\n", ""));
        assertThat(Validation.of(folder, Instant.now()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.expectation()).contains("no IngressClass is the default"));
    }
}
