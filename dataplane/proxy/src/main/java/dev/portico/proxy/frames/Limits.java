package dev.portico.proxy.frames;

import java.time.Duration;

/** What one connection may cost. */
public final class Limits {
    /** To an endpoint, at the same time. */
    public static final int STREAMS = 100;

    public static final int STREAM_WINDOW = 64 * 1024;
    /** From a client, all streams together: it slows down nobody but itself. */
    public static final int CLIENT_WINDOW = 1024 * 1024;
    /** From an endpoint: enough for every stream to stand still and leave another one its own. */
    public static final int ENDPOINT_WINDOW = (STREAMS + 1) * STREAM_WINDOW;
    /** Of names and values, with 32 bytes for each field (RFC 9113 §6.5.2); one may cost much more in memory than here. */
    public static final int HEADER_LIST_BYTES = 32 * 1024;
    /** What our encoder remembers for a client, however much the client allows. */
    static final int HEADER_TABLE_BYTES = 4096;
    /** Of an endpoint's head, besides the pseudo-headers. */
    public static final int HEADER_FIELDS = 100;

    public static final int PSEUDO_HEADERS = 4;
    /** Of less than 8 KiB, in one head. */
    static final int SMALL_CONTINUATIONS = 16;
    /** Without payload and without end of stream, one after the other. */
    static final int EMPTY_DATA = 10;

    /** Streams that we reset, for which the peer may still send. */
    static final int REMEMBERED_RESETS = 200;
    /** For one of them: a response's head and its trailers. */
    static final int LATE_HEADS = 2;

    static final Duration CONTROL_PERIOD = Duration.ofSeconds(10);
    static final int SETTINGS = 1_000;
    /** Beyond one for each DATA frame, which some peers send to measure their bandwidth. */
    static final int PINGS = 1_000;
    /** GOAWAY and frames of unknown types. */
    static final int OTHERS = 1_000;

    static final int PRIORITIES_PER_STREAM = 100;
    static final int WINDOW_UPDATES = 1_000;
    static final int WINDOW_UPDATES_PER_DATA = 10;

    private Limits() {}
}
