/**
 * Reads the BackendPolicy of {@code portico.dev} into declarations.
 *
 * <p>What it names (Services, ConfigMaps, Secrets) is looked for in {@code compile}.
 */
@NullMarked
package dev.portico.operator.source.backendpolicy;

import org.jspecify.annotations.NullMarked;
