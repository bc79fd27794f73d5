package dev.portico.e2e.cluster.loss;

import dev.portico.e2e.install.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A build of Portico whose images the cluster has.
 *
 * @param tree that it is of, as seen from the root of the repository
 * @param registry of its images
 */
record Build(Path tree, String registry) {
    static final Build HERE = new Build(Path.of(""), "localhost");

    /** From the root of the repository. */
    static final String ONE_WORD_MORE = "e2e/cluster/loss/one-word-more.patch";

    static Build withOneWordMore() throws IOException {
        return of("one-word-more", "HEAD", ONE_WORD_MORE);
    }

    static Build ofThePreviousCommit() throws IOException {
        return of("previous", "HEAD^");
    }

    private static Build of(String name, String... source) throws IOException {
        var command = new ArrayList<>(List.of("build", name));
        command.addAll(List.of(source));
        Path tree = Path.of(Command.output(command.toArray(String[]::new)).strip());
        var build = new Build(tree, "localhost/" + name);
        Command.output("load", build.image("operator"), build.image("proxy"));
        return build;
    }

    private String image(String program) {
        return tree.resolve("deploy/images/" + program + "/target/portico-" + program + ".tar")
                .toString();
    }

    String chart() {
        return tree.resolve("deploy/helm/portico").toString();
    }

    String crds() {
        return tree.resolve("deploy/manifests/crds").toString();
    }
}
