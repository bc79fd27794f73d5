package dev.portico.e2e.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a command of {@code e2e/cluster/run} ended.
 *
 * @param out what it printed
 * @param err what it complained of
 */
public record Command(int status, String out, String err) {
    /** As in documents: from the root of the repository. */
    public static final Path ROOT = Path.of("..");

    private static final int MINUTES = 15;

    /** Its programs are built first where they are not there; Helm and kubectl speak to the cluster of KUBECONFIG. */
    public static Command run(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add("e2e/cluster/run");
        command.addAll(List.of(words));
        Path out = Files.createTempFile("out", "");
        Path err = Files.createTempFile("err", "");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
                throw new IOException(command + " has not ended in " + MINUTES + " minutes");
            }
            return new Command(process.exitValue(), text(out), text(err));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** What it printed, if it succeeded. */
    public static String output(String... words) throws IOException {
        Command ended = run(words);
        if (ended.status != 0) {
            throw new AssertionError(String.join(" ", words) + " ended with " + ended.status + ":\n" + ended.err);
        }
        return ended.out;
    }
}
