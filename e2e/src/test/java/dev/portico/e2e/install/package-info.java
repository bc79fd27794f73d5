/**
 * What is installed: the chart and the manifests that are rendered from it.
 *
 * <p>{@code ManifestsTest} needs nothing, {@code ChartTest} and {@code RightsTest} an API server (group {@code api-server}),
 * {@code InstallTest} a cluster without Portico and its images (group {@code install}, {@code mvn verify -Pinstall}).
 */
@NullMarked
package dev.portico.e2e.install;

import org.jspecify.annotations.NullMarked;
