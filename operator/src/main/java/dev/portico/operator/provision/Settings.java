package dev.portico.operator.provision;

import java.util.Set;

/**
 * What holds for all data planes of this installation.
 *
 * @param proxyImage what their pods run
 * @param reservedPorts ports of the pods' own, which no client may come to
 * @param namespaces the only ones in which data planes are made; empty: all
 */
public record Settings(String proxyImage, Set<Integer> reservedPorts, Set<String> namespaces) {
    public Settings {
        namespaces = Set.copyOf(namespaces);
        reservedPorts = Set.copyOf(reservedPorts);
    }
}
