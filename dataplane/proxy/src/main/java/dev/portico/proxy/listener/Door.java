package dev.portico.proxy.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands where clients arrive, before an event loop is bothered with them. One for each listening socket. */
final class Door extends ChannelInboundHandlerAdapter {
    private final Admission admission;
    private final BoundListener.Slot slot;

    Door(Admission admission, BoundListener.Slot slot) {
        this.admission = admission;
        this.slot = slot;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        admission.opened(ctx.channel());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Channel client && !isLetIn(client)) {
            client.unsafe().closeForcibly();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private boolean isLetIn(Channel client) {
        Served served = slot.served();
        return served != null && admission.admits(client, served);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        admission.closed(ctx.channel());
        ctx.fireChannelInactive();
    }
}
