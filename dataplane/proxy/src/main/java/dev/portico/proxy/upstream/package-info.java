/**
 * Connections to endpoints, and what is asked over them: one {@link Upstreams} per event loop, so nothing is shared and
 * nothing is locked.
 *
 * <p>An {@link Attempt} is one request to one endpoint. It leases a connection or a stream of one (of one that is there,
 * of a new one, or waits its turn), and gives the lease back whatever happens: answered, failed, cancelled, too late. Whether a failure is tried
 * again is the pipeline's business, as is every header; here is only framing. What endpoints answer is read strictly;
 * a response that is cut short is never passed on as complete.
 */
@NullMarked
package dev.portico.proxy.upstream;

import org.jspecify.annotations.NullMarked;
