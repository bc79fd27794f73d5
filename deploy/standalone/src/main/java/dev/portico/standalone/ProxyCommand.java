package dev.portico.standalone;

import dev.portico.proxy.Main;
import dev.portico.standalone.run.ProxyState;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the proxy alone: it serves the last table that it was given, and takes the next one if an operator is there. */
@Command(
        name = "proxy",
        description = "Starts the proxy alone, from the state that a run left behind.",
        mixinStandardHelpOptions = true)
final class ProxyCommand implements Callable<Integer> {
    @Option(names = "--state", required = true, description = "The directory that `portico run` printed.")
    private Path state = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var left = left();
        left.ownedBy(ProcessHandle.current());
        Main.main(left.arguments().toArray(String[]::new));
        Thread.currentThread().join();
        return 0;
    }

    private ProxyState left() {
        try {
            return ProxyState.read(state);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), "--state: " + e.getMessage(), e);
        }
    }
}
