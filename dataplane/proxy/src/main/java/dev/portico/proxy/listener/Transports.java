package dev.portico.proxy.listener;

import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the kernel is spoken to: io_uring needs a fifth of the system calls; epoll and NIO where it is not to be had. */
public final class Transports {
    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    private Transports() {}

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
