/**
 * The way of one request through the data plane, the same for every protocol: {@link Pipeline} reads from top to
 * bottom.
 *
 * <p>A protocol ({@code http1}, {@code http2}) hands in a {@link ReceivedHead} and a {@link Downstream} and gets a
 * {@link RequestSink}. What the head says is checked and normalised here, once, by the {@link Gate}; everything behind
 * it sees the {@link RequestHead} that will be forwarded. Framing is checked by the protocols; the words of the table
 * were checked when they were made; stages validate the headers they write.
 *
 * <p>Behind the gate a request is two objects. {@link Flow} is what the client says: it asks an endpoint, sends it the
 * body, and asks another one where that can do no harm. {@link Answering} is what the client is told, whoever says it,
 * and ends in the record. All that is known of the request stands in the {@link Exchange}.
 *
 * <p>Everything of a request happens on the event loop of its client's connection, nothing here locks or blocks. This
 * package knows interfaces ({@link Router}, {@link Stage}, {@link EndpointChoice}, {@link Recorder}); it knows no
 * feature, no protocol, and not how a table is compiled.
 */
@NullMarked
package dev.portico.proxy.pipeline;

import org.jspecify.annotations.NullMarked;
