package dev.portico.proxy.upstream;

import dev.portico.proxy.frames.Limits;
import java.time.Duration;

/**
 * Bounds of one event loop.
 *
 * @param connections to one endpoint
 * @param all connections, to whichever endpoint
 * @param waiting requests that wait for one endpoint
 * @param acquire how long a request waits for a connection
 * @param connect how long a connection may take to be made
 * @param idle how long a connection is kept unused
 * @param pings of connections that speak HTTP/2
 */
public record UpstreamLimits(
        int connections, int all, int waiting, Duration acquire, Duration connect, Duration idle, Pings pings) {
    private static final int CONNECTIONS = 512;
    private static final int WAITING = 512;

    /** However many there are in all: file descriptors are the process's business. */
    public UpstreamLimits(
            int connections, int waiting, Duration acquire, Duration connect, Duration idle, Pings pings) {
        this(connections, Integer.MAX_VALUE, waiting, acquire, connect, idle, pings);
    }

    /**
     * The process's defaults. Connections are shared out evenly to its event loops, but for a floor: all streams of a
     * client are on one loop, and have to find a place there. Who waits costs little, so that is not shared out.
     */
    public static UpstreamLimits ofLoops(int loops) {
        return new UpstreamLimits(
                Math.max(Limits.STREAMS, CONNECTIONS / loops),
                WAITING,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Pings.DEFAULT);
    }

    /** The same with so many connections in all. */
    public UpstreamLimits within(int most) {
        return new UpstreamLimits(connections, Math.max(1, most), waiting, acquire, connect, idle, pings);
    }
}
