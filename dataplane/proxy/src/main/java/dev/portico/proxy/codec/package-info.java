/**
 * HTTP/1.1 messages as bytes, for both sides: reading by {@link RequestReader} and {@link ResponseReader}, writing by
 * {@link MessageWriter}.
 *
 * <p>What two readers could take for two things is refused, not repaired: framing and characters are checked here, once
 * for each octet; what a head means is the business of the pipeline's Gate. A head stays the bytes that came, in
 * headers that make strings only of what somebody asks for. Bodies are slices of what was read, never copies.
 *
 * <p>A reader is no handler: who owns the connection gives it buffers, and gets back by {@code handOver} what it has not
 * read where the connection changes to another protocol.
 */
@NullMarked
package dev.portico.proxy.codec;

import org.jspecify.annotations.NullMarked;
