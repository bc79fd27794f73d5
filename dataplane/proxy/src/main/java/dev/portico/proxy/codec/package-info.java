/**
 * HTTP/1.1 messages as bytes, for both sides: reading by Netty's strict decoders under our limits, writing by
 * {@link MessageWriter}.
 *
 * <p>This is the seam behind which Netty's decoders can be replaced: {@code http1} and {@code upstream} see Netty's
 * message types and nothing of how they were parsed. Framing and characters are checked here; what a head means is
 * the business of the pipeline's Gate.
 */
@NullMarked
package dev.portico.proxy.codec;

import org.jspecify.annotations.NullMarked;
