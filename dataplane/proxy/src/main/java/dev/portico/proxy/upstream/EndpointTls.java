package dev.portico.proxy.upstream;

import dev.portico.routetable.HttpVersion;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** TLS towards the endpoints of an upstream; used by all event loops. */
@FunctionalInterface
public interface EndpointTls {
    /**
     * For one connection: verifies the endpoint and offers by ALPN what is spoken to it.
     *
     * @param protocol absent: either
     */
    SslHandler handler(ByteBufAllocator allocator, @Nullable HttpVersion protocol);
}
