/**
 * Limits how many requests pass for each value of a key, by a token bucket.
 *
 * <p>Buckets live outside the table, by the id of the limit, and are bounded in number: beyond
 * {@link Buckets#MAX_KEYS} the least used are forgotten, never those in constant use. Budgets are this process's own.
 * What may stand in a limit is checked by the words and the operator; client addresses are those the pipeline believes.
 */
@NullMarked
package dev.portico.proxy.ratelimit;

import org.jspecify.annotations.NullMarked;
