/**
 * Sockets on which clients arrive: {@link Listeners} opens and closes them as tables come, {@link Loops} has what each
 * event loop serves its connections with, {@link Connections} lets each connection speak its protocol.
 *
 * <p>Event loops and transport are Vert.x's. What is said on a connection is the business of {@code tls}, {@code http1}
 * and {@code http2}. Ports were checked by the operator; whether one can be bound is only known here and reported.
 */
@NullMarked
package dev.portico.proxy.listener;

import org.jspecify.annotations.NullMarked;
