/**
 * What probes and scrapers are told: {@code /livez}, {@code /readyz} and {@code /metrics}, read-only and without secrets.
 *
 * <p>Whether the process is alive or ready is judged by who gives the answers; nothing is decided here.
 */
@NullMarked
package dev.portico.operator.admin;

import org.jspecify.annotations.NullMarked;
