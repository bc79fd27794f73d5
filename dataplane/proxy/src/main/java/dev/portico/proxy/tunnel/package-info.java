/**
 * What a connection becomes when its peers have agreed upon WebSocket (RFC 6455): bytes, both ways, at the pace of the
 * slower peer. A {@link Tunnel} joins two {@link Side sides}, of which it knows no protocol; {@link ChannelSide} is a
 * peer that spoke HTTP/1.1.
 *
 * <p>Messages are not read: {@link Frames} follows the heads of frames only to know where a Close frame of our own may
 * stand when the data plane leaves. Whether the two may speak at all is the business of {@code pipeline}.
 */
@NullMarked
package dev.portico.proxy.tunnel;

import org.jspecify.annotations.NullMarked;
