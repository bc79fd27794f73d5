package dev.portico.proxy.telemetry;

import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.proxy.pipeline.RunnableRoute;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Endpoints.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Writes the line of a request. One per event loop: it keeps the line's buffer and the second's text. */
final class AccessLines {
    private final InstantSource clock;
    private final Line line = new Line();
    private long second = Long.MIN_VALUE;
    private byte[] secondText = {};

    AccessLines(InstantSource clock) {
        this.clock = clock;
    }

    /** The line with its end, valid until the next call; null where none is wanted. */
    @Nullable
    Line of(Exchange exchange, AccessLog.Format format) {
        line.clear();
        return switch (format) {
            case JSON -> json(exchange);
            case TEXT -> text(exchange);
            case DISABLED -> null;
        };
    }

    private Line json(Exchange exchange) {
        line.raw(Names.TIME);
        time();
        line.raw('"');
        text(Names.LISTENER, exchange.client().listener());
        text(Names.CLIENT, exchange.clientText());
        text(Names.PEER, exchange.client().peerText());
        text(Names.PROTOCOL, exchange.client().protocol());
        text(Names.SERVER_NAME, exchange.client().serverName());
        request(exchange);
        line.raw(Names.STATUS).number(exchange.status());
        text(Names.REASON, exchange.reason());
        if (exchange.cut()) {
            line.raw(Names.CUT);
        }
        line.raw(Names.BYTES_RECEIVED).number(exchange.bytesReceived());
        line.raw(Names.BYTES_SENT).number(exchange.bytesSent());
        line.raw(Names.DURATION).millis(exchange.durationNanos());
        upstream(exchange);
        route(exchange.route());
        text(Names.REQUEST_ID, exchange.requestId());
        return line.raw('}').raw('\n');
    }

    private void request(Exchange exchange) {
        text(Names.METHOD, exchange.received().method());
        if (exchange.passedGate()) {
            RequestHead request = exchange.request();
            text(Names.HOST, request.host());
            text(Names.PATH, request.matchedPath());
        } else {
            text(Names.PATH, withoutQuery(exchange.received().target()));
        }
        text(Names.USER_AGENT, exchange.userAgent());
    }

    private void upstream(Exchange exchange) {
        text(Names.UPSTREAM, exchange.upstream());
        Endpoint endpoint = exchange.endpoint();
        if (endpoint != null) {
            line.raw(Names.ENDPOINT).escaped(endpoint.address()).raw(':').number(endpoint.port());
            line.raw('"');
            line.raw(Names.ATTEMPTS).number(exchange.attempts());
        }
        if (exchange.upstreamNanos() >= 0) {
            line.raw(Names.UPSTREAM_MS).millis(exchange.upstreamNanos());
        }
    }

    private void route(@Nullable RunnableRoute route) {
        if (route != null) {
            line.raw(Names.ROUTE).raw(route.logged(AccessLines::escaped)).raw('"');
        }
    }

    private static byte[] escaped(String id) {
        return new Line().escaped(id).copy();
    }

    private Line text(Exchange exchange) {
        line.escaped(exchange.clientText()).raw(' ').raw('[');
        time();
        line.raw(']').raw(' ').raw('"');
        line.escaped(exchange.received().method()).raw(' ');
        String path = exchange.passedGate()
                ? exchange.request().matchedPath()
                : withoutQuery(exchange.received().target());
        line.escaped(path)
                .raw(' ')
                .escaped(exchange.client().protocol())
                .raw('"')
                .raw(' ');
        line.number(exchange.status()).raw(' ').number(exchange.bytesSent()).raw(' ');
        line.millis(exchange.durationNanos()).raw(' ');
        line.escaped(exchange.passedGate() ? exchange.request().host() : "-").raw(' ');
        line.escaped(exchange.reason() == null ? "-" : exchange.reason());
        return line.raw('\n');
    }

    private void text(byte[] name, @Nullable String value) {
        if (value != null) {
            line.raw(name).escaped(value).raw('"');
        }
    }

    /** To the millisecond; the part up to the second is made once a second. */
    private void time() {
        long now = clock.millis();
        if (Math.floorDiv(now, 1000) != second) {
            second = Math.floorDiv(now, 1000);
            String text = Instant.ofEpochSecond(second).toString();
            secondText = text.substring(0, text.length() - 1).getBytes(StandardCharsets.US_ASCII);
        }
        line.raw(secondText).raw('.').digits(Math.floorMod(now, 1000), 3).raw('Z');
    }

    private static String withoutQuery(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What stands before the values. */
    private static final class Names {
        static final byte[] TIME = ascii("{\"time\":\"");
        static final byte[] LISTENER = string("listener");
        static final byte[] CLIENT = string("client");
        static final byte[] PEER = string("peer");
        static final byte[] PROTOCOL = string("protocol");
        static final byte[] SERVER_NAME = string("server_name");
        static final byte[] METHOD = string("method");
        static final byte[] HOST = string("host");
        static final byte[] PATH = string("path");
        static final byte[] USER_AGENT = string("user_agent");
        static final byte[] STATUS = number("status");
        static final byte[] REASON = string("reason");
        static final byte[] CUT = ascii(",\"cut\":true");
        static final byte[] BYTES_RECEIVED = number("bytes_received");
        static final byte[] BYTES_SENT = number("bytes_sent");
        static final byte[] DURATION = number("duration_ms");
        static final byte[] UPSTREAM = string("upstream");
        static final byte[] ENDPOINT = string("endpoint");
        static final byte[] ATTEMPTS = number("attempts");
        static final byte[] UPSTREAM_MS = number("upstream_ms");
        static final byte[] ROUTE = string("route");
        static final byte[] REQUEST_ID = string("request_id");

        private static byte[] string(String name) {
            return ascii(",\"" + name + "\":\"");
        }

        private static byte[] number(String name) {
            return ascii(",\"" + name + "\":");
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
