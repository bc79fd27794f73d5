/** What every event loop has: a {@link Sweep} instead of a timer per request. Knows nothing of what it sweeps. */
@NullMarked
package dev.portico.proxy.loop;

import org.jspecify.annotations.NullMarked;
