/**
 * The kind {@code BackendPolicy}: how the endpoints of Services are spoken to.
 *
 * <p>A record per block, defaults filled in as the schema does. The schema and its rules are checked before; whether a
 * target or a ConfigMap exists, and which of several policies holds, is judged by the operator.
 */
@NullMarked
package dev.portico.crds.backend;

import org.jspecify.annotations.NullMarked;
