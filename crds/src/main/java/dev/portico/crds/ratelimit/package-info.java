/**
 * The kind {@code RateLimit}: how many requests may pass, counted by what.
 *
 * <p>A record per block, lists never null, defaults filled in as the schema does. The schema and its rules are checked
 * before; whether a target exists and how several limits add up is judged by the operator.
 */
@NullMarked
package dev.portico.crds.ratelimit;

import org.jspecify.annotations.NullMarked;
