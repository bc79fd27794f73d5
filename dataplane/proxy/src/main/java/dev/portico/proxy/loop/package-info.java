/**
 * What every event loop has: a {@link Sweep} instead of a timer per request, and what those that it asks have to look at;
 * and a wait for the kernel that sets none either. Knows nothing of what it sweeps.
 */
@NullMarked
package dev.portico.proxy.loop;

import org.jspecify.annotations.NullMarked;
