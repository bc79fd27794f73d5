package dev.portico.e2e.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A proxy that runs: Portico or a peer.
 *
 * @param output what it prints
 */
record Contender(
        String name, Setup setup, Process process, Map<Scheme, Integer> ports, List<String> command, Path output) {
    Contender {
        ports = Map.copyOf(ports);
        command = List.copyOf(command);
    }

    Target target(Scheme scheme) {
        Integer port = ports.get(scheme);
        if (port == null) {
            throw new IllegalArgumentException(name + " has no port for " + scheme + ", expected one of " + ports);
        }
        return new Target(scheme.url(port), port, setup.prefixes());
    }

    /** Whether it has to be warmed up. */
    boolean isJava() {
        return command.getFirst().endsWith("/java");
    }

    Usage usage() {
        return new Usage(process.pid());
    }
}
