/**
 * HTTP/2 as frames, for both sides, over Netty's frame codec, HPACK and flow controllers: {@link Codec} puts Netty's
 * parts together, {@link FrameLimits} limits what a peer may send, {@link Fields} are the fields of its heads,
 * {@link FrameConnection} is the handler of a connection and {@link PerStream} what it keeps for each stream.
 *
 * <p>What a head means is the business of {@code http2} towards clients and of {@code upstream} towards endpoints.
 */
@NullMarked
package dev.portico.proxy.frames;

import org.jspecify.annotations.NullMarked;
