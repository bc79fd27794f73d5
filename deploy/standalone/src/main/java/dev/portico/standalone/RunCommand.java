package dev.portico.standalone;

import dev.portico.standalone.run.ProxyState;
import dev.portico.standalone.run.Run;
import dev.portico.standalone.run.RunOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a folder and follows its changes. */
@Command(
        name = "run",
        description = "Serves a folder of YAML and follows its changes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A folder of YAML and JSON.")
    private Path folder = Path.of("");

    @Option(names = "--echo", description = "Answer, in JSON, for Services that have no EndpointSlices in the folder.")
    private boolean echo;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "" + RunOptions.PORT_OFFSET,
            description = "Added to listener ports below 1024, 0 to 64512 (default: ${DEFAULT-VALUE}).")
    private int portOffset;

    @Option(names = "--admin-port", paramLabel = "N", description = "Health and metrics, on 127.0.0.1 (default: any).")
    private int adminPort;

    @Option(names = "--config-port", paramLabel = "N", description = "Pushes, on 127.0.0.1 (default: any).")
    private int configPort;

    @Option(names = "--console-port", paramLabel = "N", description = "The web page, on 127.0.0.1 (default: any).")
    private int consolePort;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Where the proxy keeps its last table and identity (default: by folder, below ~/.local/state).")
    private @Nullable Path state;

    @Option(names = "--until-ready", description = "End as soon as the folder is served: with 0, or 1 after a minute.")
    private boolean untilReady;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "DIR is " + folder + ", expected a folder that exists");
        }
        var directory = state == null ? defaultState(folder) : state;
        ProxyState.runner(directory).ifPresent(pid -> {
            throw new ParameterException(
                    spec.commandLine(),
                    "pid " + pid + " runs with the state " + directory + ": end it, or give --state");
        });
        var run = Run.start(options(directory), System.out);
        if (untilReady) {
            return run.awaitReady(Duration.ofMinutes(1)) ? 0 : 1;
        }
        Thread.currentThread().join();
        return 0;
    }

    private RunOptions options(Path directory) {
        try {
            return new RunOptions(folder, echo, portOffset, adminPort, configPort, consolePort, directory);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private static Path defaultState(Path folder) throws java.io.IOException {
        var configured = System.getenv("XDG_STATE_HOME");
        var base = configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(configured);
        var real = folder.toRealPath();
        var id = UUID.nameUUIDFromBytes(real.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        return base.resolve("portico").resolve(real.getFileName() + "-" + id);
    }
}
