/**
 * Keeps the process alive where memory runs short: {@link dev.portico.proxy.memory.MemoryUse} measures,
 * {@link dev.portico.proxy.memory.Memory} says what has to go. What to do about it is the business of those who ask:
 * protocols end idle connections, the pipeline refuses requests, listeners stop accepting.
 */
@NullMarked
package dev.portico.proxy.memory;

import org.jspecify.annotations.NullMarked;
