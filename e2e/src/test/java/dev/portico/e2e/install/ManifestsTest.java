package dev.portico.e2e.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.cases.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the files that people install, as far as it can be told without Helm. */
final class ManifestsTest {
    private static final Path CHART = Path.of("../deploy/helm/portico");
    private static final Path MANIFESTS = Path.of("../deploy/manifests");
    private static final Pattern VERSION = Pattern.compile("<artifactId>portico</artifactId>\\s*<version>([^<]+)<");
    private static final Pattern METRIC = Pattern.compile("portico_[a-z_]+");

    @Test
    void theManifestBringsTheCrdsAsTheyAreGenerated() throws IOException {
        var generated = new ArrayList<Tree>();
        try (Stream<Path> files = Files.list(MANIFESTS.resolve("crds"))) {
            for (Path file : files.sorted().toList()) {
                generated.addAll(Tree.documents(file));
            }
        }
        assertThat(installed("CustomResourceDefinition"))
                .as("remedy: deploy/manifests/render")
                .containsExactlyElementsOf(generated);
    }

    @Test
    void theChartIsOfTheVersionThatIsBuilt() throws IOException {
        var pom = VERSION.matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(pom.find()).isTrue();
        Tree chart = Tree.documents(CHART.resolve("Chart.yaml")).getFirst();
        assertThat(List.of(chart.text("version"), chart.text("appVersion"))).containsOnly(pom.group(1));
        assertThat(Files.readString(MANIFESTS.resolve("install.yaml")))
                .as("remedy: deploy/manifests/render")
                .contains("image: \"localhost/portico-operator:" + pom.group(1) + "\"");
    }

    @Test
    void theOperatorHasTheGatewayOfTheOtherManifestServeClassesWithoutParameters() throws IOException {
        Tree gateway = new Chart(Tree.documents(MANIFESTS.resolve("gateway.yaml"))).only("Gateway");
        assertThat(new Chart(Tree.documents(MANIFESTS.resolve("install.yaml"))).arguments())
                .contains("--default-gateway=" + gateway.text("metadata", "namespace") + "/"
                        + gateway.text("metadata", "name"));
    }

    @Test
    void theSchemaKnowsAllValuesAndNoOther() throws IOException {
        Tree schema = Tree.documents(CHART.resolve("values.schema.json")).getFirst();
        Tree values = Tree.documents(CHART.resolve("values.yaml")).getFirst();
        agree("", schema, values);
    }

    private static void agree(String path, Tree schema, Tree values) {
        // What belongs to all charts of a release is open to the others.
        assertThat(schema.find("additionalProperties").map(Boolean.FALSE::equals))
                .as(path)
                .isEqualTo(path.equals("/global") ? Optional.empty() : Optional.of(true));
        Tree properties = schema.tree("properties");
        assertThat(values.map().keySet()).as(path).isEqualTo(properties.map().keySet());
        for (String key : values.map().keySet()) {
            if (properties.find(key, "properties").isPresent()) {
                agree(path + "/" + key, properties.tree(key), values.tree(key));
            }
        }
    }

    @Test
    void theOperatorMayDoWhatItsPageSays() throws IOException {
        assertThat(Right.of(installed("ClusterRole")))
                .isEqualTo(Right.documented("watched namespaces, or all", "the cluster"));
        assertThat(Right.of(installed("Role"))).isEqualTo(Right.documented("its own namespace"));
    }

    @Test
    void theDashboardAsksForMetricsThatAreDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/metrics.md"));
        Set<String> documented = metrics(page);
        Set<String> histograms = page.lines()
                .filter(line -> line.contains("| histogram |"))
                .flatMap(line -> metrics(line).stream())
                .map(name -> name + "_bucket")
                .collect(Collectors.toSet());
        assertThat(metrics(Files.readString(CHART.resolve("dashboards/portico.json"))))
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(documented.contains(asked) ? documented : histograms)
                        .contains(asked));
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(name -> name.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Tree> installed(String kind) throws IOException {
        var objects = Tree.documents(MANIFESTS.resolve("install.yaml")).stream()
                .filter(object -> object.is(kind))
                .toList();
        assertThat(objects).as(kind).isNotEmpty();
        return objects;
    }
}
