package dev.portico.proxy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections there are file descriptors for (RLIMIT_NOFILE): half of them from clients, half to endpoints, so
 * that neither can take those of the other. Some are kept for the admin port, the config channel and files: those must
 * work when all others are taken.
 */
final class FileDescriptors {
    private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);
    private static final int RESERVED = 64;

    private FileDescriptors() {}

    /** Connections from clients, and as many to endpoints. Asked once, when the process starts. */
    static int forEachSide() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return Integer.MAX_VALUE;
        }
        long most = system.getMaxFileDescriptorCount();
        long free = most - system.getOpenFileDescriptorCount() - RESERVED;
        int each = Math.clamp(free / 2, 1, Integer.MAX_VALUE);
        LOG.info("{} file descriptors, enough for {} clients and as many connections to endpoints", most, each);
        return each;
    }
}
