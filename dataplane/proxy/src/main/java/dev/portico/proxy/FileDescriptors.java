package dev.portico.proxy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many clients there are file descriptors for (RLIMIT_NOFILE). Each client may need one more towards an endpoint, and
 * some are kept for the admin port, the config channel and files: those must work when clients have taken all others.
 */
final class FileDescriptors {
    private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);
    private static final int RESERVED = 64;

    private FileDescriptors() {}

    /** Connections of clients. Asked once, when the process starts. */
    static int forClients() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return Integer.MAX_VALUE;
        }
        long most = system.getMaxFileDescriptorCount();
        long free = most - system.getOpenFileDescriptorCount() - RESERVED;
        int clients = Math.clamp(free / 2, 1, Integer.MAX_VALUE);
        LOG.info("{} file descriptors, enough for {} clients", most, clients);
        return clients;
    }
}
