/**
 * What is told of requests: metrics and the access log.
 *
 * <p>Each event loop counts in cells of its own, added up when somebody asks ({@link Metrics}), and writes log lines as
 * bytes into a bounded ring of its own, emptied by one thread ({@link LineWriter}). A full ring drops lines and counts
 * them: nobody waits for a log. Credentials (Authorization, Cookie, query strings) are never read here. The fields are
 * documented in docs/access-log.md, the metrics in docs/metrics.md.
 */
@NullMarked
package dev.portico.proxy.telemetry;

import org.jspecify.annotations.NullMarked;
