/**
 * The page for probes and scrapers: /livez, /readyz, /metrics, on a port of its own, read-only and without secrets.
 *
 * <p>Anybody who reaches the port may read it; whatever changes something or tells more is on the config channel, behind
 * the operator's certificate (see {@code intake}), where the operator reads these pages too. What is told comes from
 * {@code telemetry}.
 */
@NullMarked
package dev.portico.proxy.admin;

import org.jspecify.annotations.NullMarked;
