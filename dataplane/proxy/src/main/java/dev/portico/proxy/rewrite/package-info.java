/**
 * Writes host and path of a request anew before it is forwarded (Gateway API, HTTPURLRewriteFilter).
 *
 * <p>Runs behind the match, so it changes what the endpoint sees and never which route serves. The operator refuses a
 * prefix to be replaced where none was matched; here such a table fails.
 */
@NullMarked
package dev.portico.proxy.rewrite;

import org.jspecify.annotations.NullMarked;
