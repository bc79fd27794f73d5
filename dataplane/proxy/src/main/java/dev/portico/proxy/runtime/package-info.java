/**
 * What serves: the compiled {@link dev.portico.proxy.runtime.Table}, swapped in one assignment, and what outlives it.
 *
 * <p>A table is made from the former one and the sections that changed, so a change costs what it touches; a request
 * ends on the table it began on. {@link dev.portico.proxy.runtime.Stages} is the table of contents of filters. Whether
 * a table may be loaded at all (who sent it, its hash, its term) is decided in {@code intake} before; listeners and
 * certificates are carried out by {@code listener} and {@code tls}.
 */
@NullMarked
package dev.portico.proxy.runtime;

import org.jspecify.annotations.NullMarked;
