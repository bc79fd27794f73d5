/**
 * The kind {@code Gateway}: listeners, routes and the settings of the traffic that passes them.
 *
 * <p>A record per block, lists never null, defaults filled in as the schema does. The schema and its rules are checked
 * before; what a record refers to (Secrets, Services, free ports) is judged by the operator.
 */
@NullMarked
package dev.portico.crds.gateway;

import org.jspecify.annotations.NullMarked;
