/**
 * Changes under load: a folder is run, connections ask without pause, files are saved, and a poller sees when each change
 * is served. Everything is real but the network: two processes, TLS, files.
 */
@NullMarked
package dev.portico.e2e.changes;

import org.jspecify.annotations.NullMarked;
