package dev.portico.proxy.tls;

import dev.portico.routetable.HttpVersion;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.jspecify.annotations.Nullable;

/** Lets ALPN choose the protocol when the handshake is done. A client without ALPN speaks HTTP/1.1 or is closed. */
final class Negotiation extends ApplicationProtocolNegotiationHandler {
    private final ListenerTls tls;
    private final @Nullable String serverName;
    private final Negotiated next;

    Negotiation(ListenerTls tls, @Nullable String serverName, Negotiated next) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.tls = tls;
        this.serverName = serverName;
        this.next = next;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
        HttpVersion version = protocol.equals(ApplicationProtocolNames.HTTP_2) ? HttpVersion.HTTP2 : HttpVersion.HTTP1;
        if (tls.speaks(version)) {
            next.speak(ctx.pipeline(), version, serverName);
        } else {
            var _ = ctx.close();
        }
    }

    /** A failed handshake is the client's affair: TLS has sent its alert. */
    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }
}
