package dev.portico.e2e.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.cases.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The objects that Helm makes of the chart. */
record Chart(List<Tree> objects) {
    static final String PATH = "deploy/helm/portico";

    static Chart rendered(String namespace, String... options) throws IOException {
        var words = new ArrayList<>(List.of("helm", "template", "portico", PATH, "--namespace", namespace));
        words.addAll(List.of(options));
        Path file = Files.createTempFile("chart", ".yaml");
        try {
            Files.writeString(file, Command.output(words.toArray(String[]::new)));
            return new Chart(Tree.documents(file));
        } finally {
            Files.delete(file);
        }
    }

    Tree only(String kind) {
        var found = objects.stream().filter(object -> object.is(kind)).toList();
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    /** The operator's. */
    Tree container() {
        return only("Deployment")
                .trees("spec", "template", "spec", "containers")
                .getFirst();
    }

    /** What the operator is told. */
    List<String> arguments() {
        return ((List<?>) container().get("args")).stream().map(String::valueOf).toList();
    }
}
