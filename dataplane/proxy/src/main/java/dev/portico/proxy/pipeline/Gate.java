package dev.portico.proxy.pipeline;

import dev.portico.routetable.HttpListener;

/** Checks and normalises the head of every request of a listener before anything else sees it. */
public final class Gate {
    private final HttpListener listener;

    public Gate(HttpListener listener) {
        this.listener = listener;
    }

    public HttpListener listener() {
        return listener;
    }
}
