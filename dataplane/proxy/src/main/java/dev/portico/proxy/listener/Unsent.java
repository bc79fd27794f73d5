package dev.portico.proxy.listener;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * Lets the kernel hold only so much of what a client does not take yet. Otherwise it takes megabytes at once and then
 * nothing for long: memory that nobody counts, and a slow client that looks like one that has stopped. NIO has no word
 * for it.
 */
final class Unsent {
    /** In bytes. */
    private static final long MOST = 256 * 1024;

    private Unsent() {}

    static void bound(Channel channel) {
        if (channel instanceof IoUringSocketChannel) {
            channel.config().setOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, MOST);
        } else if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MOST);
        }
    }
}
