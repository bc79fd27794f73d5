package dev.portico.standalone;

import dev.portico.standalone.run.Validation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with a folder, without running anything. */
@Command(
        name = "validate",
        description = "Reports every Problem of a folder, offline. Exits with 1 if there is any.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A folder of YAML and JSON, or one file.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var result = Validation.of(folder, Instant.now());
        result.problems().forEach(out::println);
        out.println(result.objects() + " objects, " + result.problems().size() + " Problems");
        out.flush();
        return result.problems().isEmpty() ? 0 : 1;
    }
}
