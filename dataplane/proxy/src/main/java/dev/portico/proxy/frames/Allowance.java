package dev.portico.proxy.frames;

import java.time.Duration;

/**
 * What the peer of one connection may do.
 *
 * @param resets and broken streams within {@code resetsPeriod}, beyond one for each stream that we open
 * @param headerList bytes of names and values, with 32 for each field (RFC 9113 §6.5.2)
 */
public record Allowance(int resets, Duration resetsPeriod, int headerList) {
    static final Allowance ENDPOINT = new Allowance(200, Duration.ofSeconds(30), Limits.HEADER_LIST_BYTES);
}
