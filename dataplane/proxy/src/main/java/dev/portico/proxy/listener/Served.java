package dev.portico.proxy.listener;

import dev.portico.proxy.http1.Http1Limits;
import dev.portico.proxy.http2.Http2Limits;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.HttpListener;

/** A listener, and its limits as the protocols want them: made once, not for each connection. */
record Served(HttpListener listener, Http1Limits http1, Http2Limits http2) {
    static Served of(HttpListener listener) {
        ClientLimits limits = listener.clientTraffic().limitsOrDefault();
        return new Served(listener, Http1Limits.of(limits), Http2Limits.of(limits));
    }

    ClientLimits limits() {
        return listener.clientTraffic().limitsOrDefault();
    }
}
