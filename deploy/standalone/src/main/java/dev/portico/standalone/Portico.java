package dev.portico.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "portico",
        description = "An ingress controller and API gateway, here over a folder of Kubernetes YAML.",
        mixinStandardHelpOptions = true,
        version = "portico 0.1.0-SNAPSHOT",
        subcommands = {RunCommand.class, ValidateCommand.class, ProxyCommand.class})
public final class Portico {
    private Portico() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Portico()).execute(arguments));
    }
}
