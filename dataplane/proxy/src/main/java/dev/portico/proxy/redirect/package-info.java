/**
 * Sends clients elsewhere: the action of a route, and the way from http to https.
 *
 * <p>A location is always absolute and built from parsed parts: scheme and host are the request's, as the pipeline
 * checked them, or the table's; the path starts with one slash. So no path a client sends can name another host.
 */
@NullMarked
package dev.portico.proxy.redirect;

import org.jspecify.annotations.NullMarked;
