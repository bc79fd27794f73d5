/**
 * Reads networking.k8s.io/v1 Ingress and IngressClass into declarations.
 *
 * <p>Judges one object at a time: syntax of hosts and paths, forms of backends. Whether classes, Gateways, Services and
 * Secrets exist, and who wins a path, is judged by {@code compile}.
 */
@NullMarked
package dev.portico.operator.source.ingress;

import org.jspecify.annotations.NullMarked;
