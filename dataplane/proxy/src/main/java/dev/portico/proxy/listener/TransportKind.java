package dev.portico.proxy.listener;

import dev.portico.proxy.loop.UntimedTransport;
import io.vertx.core.transport.Transport;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A way to speak to the kernel, the best first: io_uring needs a fifth of epoll's system calls, NIO is everywhere. */
public enum TransportKind {
    IO_URING(ioUring()),
    EPOLL(untimed(Transport.EPOLL)),
    NIO(Transport.NIO);

    /** Asks for the best. */
    public static final String AUTO = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(TransportKind.class);

    @SuppressWarnings("ImmutableEnumChecker") // made once and never changed
    private final @Nullable Transport transport;

    TransportKind(@Nullable Transport transport) {
        this.transport = transport;
    }

    private static @Nullable Transport ioUring() {
        // In one go the kernel would accept all who wait, up to the last file descriptor, before we can say stop.
        System.setProperty("io.netty.iouring.acceptMultiShotEnabled", "false");
        return untimed(Transport.IO_URING);
    }

    /** Not where its classes are missing. */
    private static @Nullable Transport untimed(@Nullable Transport usual) {
        return usual == null ? null : new UntimedTransport(usual);
    }

    /**
     * The kind of a name in lower case, or for {@link #AUTO} the best.
     *
     * @throws IllegalArgumentException if there is none of that name, or kernel, seccomp or libraries do not let it work
     */
    public static TransportKind of(String name) {
        if (name.equals(AUTO)) {
            return best();
        }
        for (TransportKind kind : values()) {
            if (kind.toString().equals(name)) {
                if (!kind.isAvailable()) {
                    throw new IllegalArgumentException("transport " + kind + " is not available: " + kind.obstacle());
                }
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "transport is '" + name + "', expected " + AUTO + " or one of " + Arrays.toString(values()));
    }

    /** The best that this machine has. */
    public static TransportKind best() {
        for (TransportKind kind : values()) {
            if (kind.isAvailable()) {
                return kind;
            }
            LOG.info("transport {} is not available: {}", kind, kind.obstacle());
        }
        return NIO;
    }

    /** What event loops are made of. */
    public Transport transport() {
        if (transport == null) {
            throw new IllegalStateException("transport " + this + " is not available: " + obstacle());
        }
        return transport;
    }

    /** Whether kernel, seccomp and libraries let it work. */
    public boolean isAvailable() {
        return transport != null && transport.available();
    }

    private String obstacle() {
        Throwable cause = transport == null ? null : transport.unavailabilityCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "its classes are not there" : String.valueOf(cause.getMessage());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
