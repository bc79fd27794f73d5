package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A proxy that runs: Portico or a peer. */
record Contender(String name, Setup setup, Process process, Map<Scheme, Integer> ports, List<String> command) {
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

    Cpu cpu() {
        return new Cpu(process.pid());
    }

    /** The resident memory of the process and its children, in KiB. */
    long residentKiB() throws IOException {
        long sum = residentKiB(process.toHandle());
        for (ProcessHandle child : process.descendants().toList()) {
            sum += residentKiB(child);
        }
        return sum;
    }

    private static long residentKiB(ProcessHandle process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("process " + process.pid() + " has no memory, expected it to run");
    }
}
