/**
 * What Portico takes on a cluster as it grows: how soon a change is served, how long a start lasts, how much memory a route
 * needs. {@code e2e/bench/run cluster} measures it where Portico is installed and writes {@code docs/results/cluster.md}.
 */
@NullMarked
package dev.portico.e2e.cluster.scale;

import org.jspecify.annotations.NullMarked;
