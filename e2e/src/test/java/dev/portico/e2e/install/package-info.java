/**
 * What is installed: the chart and the manifests that are rendered from it.
 *
 * <p>{@code ManifestsTest} needs nothing, {@code ChartTest} an API server.
 */
@NullMarked
package dev.portico.e2e.install;

import org.jspecify.annotations.NullMarked;
