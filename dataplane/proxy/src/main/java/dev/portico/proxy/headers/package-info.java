/**
 * Changes headers of requests and responses as a route declares it.
 *
 * <p>Names and values are checked when a table is loaded. Framing and hop-by-hop headers are the protocols' own: the
 * operator refuses changes of them, and what arrives here all the same is left out.
 */
@NullMarked
package dev.portico.proxy.headers;

import org.jspecify.annotations.NullMarked;
