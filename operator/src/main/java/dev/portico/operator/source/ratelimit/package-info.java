/**
 * Reads the RateLimit of {@code portico.dev} into declarations.
 *
 * <p>A RateLimit that cannot be read in full says so by its problems: {@code compile} closes what it covers.
 */
@NullMarked
package dev.portico.operator.source.ratelimit;

import org.jspecify.annotations.NullMarked;
