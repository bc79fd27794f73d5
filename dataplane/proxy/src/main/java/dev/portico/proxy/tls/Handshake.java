package dev.portico.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a TLS connection: waits for the ClientHello, finds the certificate for its name in the table of this
 * moment and hands over to TLS. A name that nothing answers is refused with the alert that says so.
 */
public final class Handshake extends AbstractSniHandler<ServerContext> {
    private static final int MOST_HELLO = 16 * 1024;
    private static final int NO_TIMEOUT = 0;
    /** A fatal alert, unrecognized_name (RFC 8446 §6, RFC 6066 §3). */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    private final Supplier<@Nullable ListenerTls> table;
    private final Negotiated next;
    private @Nullable ListenerTls tls;
    private @Nullable String serverName;

    private Handshake(Supplier<@Nullable ListenerTls> table, Negotiated next) {
        super(MOST_HELLO, NO_TIMEOUT);
        this.table = table;
        this.next = next;
    }

    /**
     * Begins TLS on a fresh connection. How long the handshake may take is the caller's business.
     *
     * @param table asked when the ClientHello is there
     */
    public static void begin(ChannelPipeline pipeline, Supplier<@Nullable ListenerTls> table, Negotiated next) {
        pipeline.addLast(new Handshake(table, next));
    }

    @Override
    protected Future<ServerContext> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf clientHello) {
        if (clientHello == null) {
            return ctx.executor().newFailedFuture(new DecoderException("no ClientHello"));
        }
        serverName = ClientHello.serverName(clientHello);
        return lookup(ctx, serverName);
    }

    @Override
    protected Future<ServerContext> lookup(ChannelHandlerContext ctx, @Nullable String name) {
        tls = table.get();
        ServerContext context = tls == null ? null : tls.context(name);
        if (context == null) {
            var _ = ctx.write(Unpooled.wrappedBuffer(UNRECOGNIZED_NAME));
            return ctx.executor().newFailedFuture(new DecoderException("no certificate for " + name));
        }
        return ctx.executor().newSucceededFuture(context);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String ignored, Future<ServerContext> future) {
        if (tls == null || !future.isSuccess()) {
            var _ = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        SslHandler handler = future.getNow().newHandler(ctx.alloc(), serverName);
        handler.setHandshakeTimeoutMillis(NO_TIMEOUT);
        ctx.pipeline().addAfter(ctx.name(), null, new Negotiation(tls, serverName, next));
        ctx.pipeline().replace(this, null, handler);
    }

    /** Whoever speaks no TLS, or breaks it, is the client's affair: it is closed and not logged. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }
}
