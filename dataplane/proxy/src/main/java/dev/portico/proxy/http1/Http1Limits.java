package dev.portico.proxy.http1;

import dev.portico.proxy.codec.Limits;
import dev.portico.routetable.ClientLimits;
import java.time.Duration;

/**
 * What a client's connection may cost.
 *
 * @param message how large the parts of a request may be
 * @param requests after which the connection ends; 0: no limit
 * @param head from the first byte of a request to the end of its head; for the first one from the connection on
 * @param idle between two requests
 * @param writeStall without taking a byte of a response that waits for it
 * @param bodyGrace after which a body must have come at {@code bodyRate}
 * @param bodyRate bytes per second; 0: no limit
 */
public record Http1Limits(
        Limits message,
        int requests,
        Duration head,
        Duration idle,
        Duration writeStall,
        Duration bodyGrace,
        int bodyRate) {
    public static Http1Limits of(ClientLimits limits) {
        ClientLimits.Headers headers = limits.headers();
        return new Http1Limits(
                new Limits(headers.maxLine(), headers.maxBytes(), headers.maxCount()),
                limits.connections().maxRequests(),
                limits.timeouts().header(),
                limits.timeouts().idle(),
                limits.timeouts().writeStall(),
                limits.minBodyRate().after(),
                limits.minBodyRate().rate());
    }
}
