/**
 * The last depth: what users of a cluster get and are told, where Portico is installed and pods echo. Any cluster of
 * KUBECONFIG will do whose Services of type LoadBalancer are reached from here; {@code e2e/cluster/run up} makes one.
 *
 * <p>Only {@code mvn verify -Pcluster} runs it.
 */
@NullMarked
package dev.portico.e2e.cluster;

import org.jspecify.annotations.NullMarked;
