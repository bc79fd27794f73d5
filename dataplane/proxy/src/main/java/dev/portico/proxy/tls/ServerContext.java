package dev.portico.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * One certificate under one policy on one listener, as TLS serves it. Its sessions are resumed here and nowhere else.
 * Used by all event loops.
 */
interface ServerContext {
    /** @param serverName what the session that is agreed by this handler is bound to, if the client named it */
    SslHandler newHandler(ByteBufAllocator allocator, @Nullable String serverName);
}
