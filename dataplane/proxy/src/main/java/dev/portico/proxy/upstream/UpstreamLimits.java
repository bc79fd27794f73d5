package dev.portico.proxy.upstream;

import java.time.Duration;

/**
 * Bounds of one event loop.
 *
 * @param connections to one endpoint
 * @param waiting requests that wait for one endpoint
 * @param acquire how long a request waits for a connection
 * @param connect how long a connection may take to be made
 * @param idle how long a connection is kept unused
 * @param pings of connections that speak HTTP/2
 */
public record UpstreamLimits(
        int connections, int waiting, Duration acquire, Duration connect, Duration idle, Pings pings) {
    /** The whole process's defaults, shared out evenly to its event loops. */
    public static UpstreamLimits ofLoops(int loops) {
        int share = Math.max(1, 512 / loops);
        return new UpstreamLimits(
                share, share, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60), Pings.DEFAULT);
    }
}
