package dev.portico.proxy.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.UncheckedBooleanSupplier;
import java.io.IOException;

/**
 * Tells of a reset that came right behind data. On io_uring one poll tells of all that comes to a socket, but of changes
 * alone: Netty ignores what it tells while a read is under way, and reads no further when that read has left the socket
 * empty. It would learn of the reset from its next write, or never.
 */
public final class UnseenReset extends ChannelInboundHandlerAdapter {
    /** {@code TCP_CLOSE} of Linux' {@code net/tcp_states.h}. */
    private static final int CLOSE = 7;

    private final IoUringSocketChannel channel;

    private UnseenReset(IoUringSocketChannel channel) {
        this.channel = channel;
    }

    /** To be asked before handlers are added. Other transports see all resets. */
    public static void watch(Channel channel) {
        if (channel instanceof IoUringSocketChannel socket) {
            socket.pipeline().addLast(new UnseenReset(socket));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean unread = peerEnded();
        context.fireChannelReadComplete();
        if (unread && channel.isOpen() && channel.tcpInfo().state() == CLOSE) {
            context.fireExceptionCaught(new IOException("reset by peer"));
            var _ = channel.close();
        }
    }

    /**
     * Whether Netty was told that the peer sends no more, which it shows by wanting to read on whatever came last, but
     * has not read the end.
     */
    private boolean peerEnded() {
        return channel.unsafe().recvBufAllocHandle() instanceof ExtendedHandle reads
                && reads.continueReading(UncheckedBooleanSupplier.FALSE_SUPPLIER)
                && reads.lastBytesRead() > 0;
    }
}
