package dev.portico.standalone;

import dev.portico.proxy.Main;
import dev.portico.standalone.run.ProxyState;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the proxy alone: it serves the last table that it was given, and takes the next one if an operator is there. */
@Command(name = "proxy", description = "Starts the proxy alone, from the state that a run left behind.")
final class ProxyCommand implements Callable<Integer> {
    @Option(names = "--state", required = true, description = "The directory that `portico run` printed.")
    private Path state = Path.of("");

    @Override
    public Integer call() throws Exception {
        var left = ProxyState.read(state);
        left.ownedBy(ProcessHandle.current());
        Main.main(left.arguments().toArray(String[]::new));
        Thread.currentThread().join();
        return 0;
    }
}
