/**
 * What readers of several kinds share: how matches, expressions, durations and sizes of {@code portico.dev} become words.
 *
 * <p>Pure functions from the API's types to declarations. Kinds are read in the packages beneath, which do not know each
 * other.
 */
@NullMarked
package dev.portico.operator.source;

import org.jspecify.annotations.NullMarked;
