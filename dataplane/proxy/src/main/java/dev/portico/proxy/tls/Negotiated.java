package dev.portico.proxy.tls;

import dev.portico.routetable.HttpVersion;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** What becomes of a connection when its handshake is done. */
@FunctionalInterface
public interface Negotiated {
    /** Adds the handlers of a protocol at the pipeline's end. Called on the channel's event loop, once. */
    void speak(ChannelPipeline pipeline, HttpVersion version, @Nullable String serverName);
}
