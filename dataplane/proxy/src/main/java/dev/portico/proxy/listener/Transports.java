package dev.portico.proxy.listener;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the kernel is spoken to: io_uring needs a fifth of the system calls; epoll and NIO where it is not to be had. */
public final class Transports {
    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    /** In bytes. */
    private static final long MOST_UNSENT = 256 * 1024;

    private Transports() {}

    /**
     * Lets the kernel hold only so much of what a client does not take yet. Otherwise it takes megabytes at once and then
     * nothing for long: memory that nobody counts, and a slow client that looks like one that has stopped.
     */
    static void boundUnsent(Channel channel) {
        if (channel instanceof IoUringSocketChannel) {
            channel.config().setOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, MOST_UNSENT);
        } else if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MOST_UNSENT);
        }
    }

    /** The best transport that this machine has. */
    public static Transport best() {
        for (Optional<Transport> native_ :
                List.of(Optional.ofNullable(Transport.IO_URING), Optional.ofNullable(Transport.EPOLL))) {
            if (native_.isPresent() && native_.get().available()) {
                LOG.info("transport is {}", native_.get().name());
                return native_.get();
            }
        }
        LOG.info("transport is {}, no native one is available", Transport.NIO.name());
        return Transport.NIO;
    }
}
