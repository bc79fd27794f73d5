package dev.portico.proxy.listener;

import dev.portico.proxy.codec.MessageWriter;
import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.pipeline.Pipeline;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;

/** What one event loop serves its connections with. Touched on that loop only. */
record Loop(EventLoop eventLoop, Pipeline pipeline, Sweep sweep, MessageWriter writer, Set<OpenConnection> open) {
    Loop(EventLoop eventLoop, Pipeline pipeline, Sweep sweep) {
        this(eventLoop, pipeline, sweep, new MessageWriter(), new HashSet<>());
    }
}
