/**
 * The operator's web page: Gateways, listeners, routes, replicas with their table versions, Problems; and the admin pages
 * of pods, fetched over the config channel.
 *
 * <p>It reads what the loop hands out after each round, {@link dev.portico.operator.console.Standing}, and changes
 * nothing. What is said was found by {@code compile} and {@code push}; here it is only put into words, escaped and bounded.
 * Whoever reaches the port may read it, which is why it listens on loopback unless told otherwise, and then answers to
 * loopback's names alone.
 */
@NullMarked
package dev.portico.operator.console;

import org.jspecify.annotations.NullMarked;
