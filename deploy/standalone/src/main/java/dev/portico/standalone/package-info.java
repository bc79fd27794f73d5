/**
 * The {@code portico} command: Portico over a folder of YAML, without a cluster.
 *
 * <p>It joins the operator, an API server in memory and the proxy; what it decides itself is which objects a folder holds
 * and what a folder need not say.
 */
@NullMarked
package dev.portico.standalone;

import org.jspecify.annotations.NullMarked;
