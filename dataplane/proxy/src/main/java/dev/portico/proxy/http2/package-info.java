/**
 * HTTP/2 from clients, over Netty's frame codec, HPACK and flow controllers.
 *
 * <p>{@link dev.portico.proxy.http2.Session} is a connection; it makes an {@link dev.portico.proxy.http2.Stream} of every
 * request, which is the {@code Downstream} of the pipeline. What RFC 9113 asks of frames and heads is checked by Netty
 * and, where Netty leaves it open, by {@link dev.portico.proxy.http2.Heads}; how often a client may send what costs it
 * less than us is limited by {@link dev.portico.proxy.frames.FrameLimits}, before Netty sees the frame. Host, path and
 * the meaning of headers are the pipeline's business. HTTP/2 towards endpoints is spoken in
 * {@code upstream}.
 */
@NullMarked
package dev.portico.proxy.http2;

import org.jspecify.annotations.NullMarked;
