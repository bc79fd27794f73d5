package dev.portico.e2e.cluster.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.portico.e2e.install.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whether the builds that are rolled against this one can still be made. */
final class BuildTest {
    @Test
    void thePatchOfOneWordMoreFitsThisTree() throws IOException, InterruptedException {
        assumeThat(Command.ROOT.resolve(".git")).exists();
        Process git = new ProcessBuilder("git", "apply", "--check", Build.ONE_WORD_MORE)
                .directory(Command.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
    }
}
