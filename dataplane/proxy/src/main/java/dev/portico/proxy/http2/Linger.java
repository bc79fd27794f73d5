package dev.portico.proxy.http2;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes in the order in which the client hears our last words: a socket that is closed with unread bytes in it is
 * reset, and the reset overtakes the GOAWAY. So the sending side goes first, and what still comes in is thrown away
 * for a second.
 */
final class Linger extends ChannelDuplexHandler {
    private static final long MILLIS = 1_000;
    private boolean closing;

    /** Asked twice for one connection error: by what wrote the GOAWAY, and by what waited for it. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!ctx.channel().isActive() || !(ctx.channel() instanceof DuplexChannel channel)) {
            var _ = ctx.close(promise);
            return;
        }
        var _ = channel.closeFuture().addListener(_ -> promise.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        ChannelFuture silent = channel.shutdownOutput();
        var _ = silent.addListener(done -> {
            long patience = done.isSuccess() ? MILLIS : 0;
            var _ = ctx.executor().schedule(() -> closed(ctx), patience, TimeUnit.MILLISECONDS);
        });
        ctx.read();
    }

    private static void closed(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }
}
