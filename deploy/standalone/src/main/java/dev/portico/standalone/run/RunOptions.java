package dev.portico.standalone.run;

import dev.portico.operator.model.CompileOptions;
import java.nio.file.Path;

/**
 * How a folder is run.
 *
 * @param echo whether Services without EndpointSlices are answered for
 * @param portOffset added to listener ports below 1024; 0 to 64512
 * @param adminPort the proxy's, or 0 for any that is free
 * @param configPort the proxy's, or 0 for any that is free
 * @param consolePort the operator's, or 0 for any that is free
 * @param state where the proxy keeps its state
 */
public record RunOptions(
        Path folder, boolean echo, int portOffset, int adminPort, int configPort, int consolePort, Path state) {
    public static final int PORT_OFFSET = 8000;

    public RunOptions {
        CompileOptions.checkPortOffset(portOffset);
        check("admin-port", adminPort);
        check("config-port", configPort);
        check("console-port", consolePort);
    }

    private static void check(String option, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(option + " is " + port + ", expected 0 to 65535");
        }
    }
}
