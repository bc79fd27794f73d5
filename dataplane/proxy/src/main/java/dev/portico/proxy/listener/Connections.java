package dev.portico.proxy.listener;

import dev.portico.proxy.http1.Http1Connection;
import dev.portico.proxy.http1.Http1Limits;
import dev.portico.proxy.http2.Http2Limits;
import dev.portico.proxy.http2.PriorKnowledge;
import dev.portico.proxy.http2.Session;
import dev.portico.proxy.pipeline.Client;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.tls.Handshake;
import dev.portico.proxy.tls.ListenerTls;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a fresh connection speak the protocol that its listener and the client agree upon. */
final class Connections {
    private final Loops loops;
    private final Supplier<TlsTable> tls;
    private final Http1Limits limits;
    private volatile boolean draining;

    Connections(Loops loops, Supplier<TlsTable> tls, Http1Limits limits) {
        this.loops = loops;
        this.tls = tls;
        this.limits = limits;
    }

    /** From now on connections end soon, new ones as well. */
    void drain() {
        draining = true;
    }

    /** Called on the connection's event loop. */
    void accept(Channel channel, BoundListener.Slot slot) {
        // The loop first: who closes a listener clears its slot, then tells the loops that are known.
        Loop loop = loops.of(channel.eventLoop());
        HttpListener listener = slot.listener();
        if (listener == null || !(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            var _ = channel.close(); // one of them is gone again already
            return;
        }
        var open = new OpenConnection(listener.id(), channel);
        remember(loop, open, channel);
        ChannelPipeline pipeline = channel.pipeline();
        if (listener.tls() != null) {
            Handshake.begin(
                    pipeline,
                    () -> tls.get().listener(listener.id()),
                    (_, version, name) -> speak(loop, open, channel, client(listener, peer, version, name), version));
        } else if (listener.versions().size() == 1) {
            HttpVersion only = listener.versions().getFirst();
            speak(loop, open, channel, client(listener, peer, only, null), only);
        } else {
            PriorKnowledge.ask(
                    pipeline,
                    Http2Limits.DEFAULT,
                    version -> speak(loop, open, channel, client(listener, peer, version, null), version));
        }
    }

    private static void remember(Loop loop, OpenConnection open, Channel channel) {
        Recorder recorder = loop.pipeline().recorder();
        recorder.connected(open.listener());
        loop.open().add(open);
        channel.closeFuture().addListener(_ -> {
            loop.open().remove(open);
            recorder.disconnected(open.listener());
        });
    }

    private Client client(
            HttpListener listener, InetSocketAddress peer, HttpVersion version, @Nullable String serverName) {
        String protocol = switch (version) {
            case HTTP1 -> "HTTP/1.1";
            case HTTP2 -> "HTTP/2.0";
        };
        return new Client(
                listener.id(),
                peer,
                listener.tls() != null,
                serverName,
                protocol,
                host -> certified(listener.id(), serverName, host));
    }

    /** By the certificates of this moment: those of an open connection may have been rotated since. */
    private boolean certified(String listener, @Nullable String serverName, String host) {
        ListenerTls now = tls.get().listener(listener);
        return now != null && now.covers(serverName, host);
    }

    private void speak(Loop loop, OpenConnection open, Channel channel, Client client, HttpVersion version) {
        switch (version) {
            case HTTP1 -> {
                var connection = new Http1Connection(client, loop.pipeline(), loop.writer(), loop.sweep(), limits);
                open.speaks((_, now) -> connection.drain(now));
                connection.addTo(channel);
            }
            case HTTP2 -> {
                Session session = Session.of(client, loop.pipeline(), loop.sweep(), Http2Limits.DEFAULT);
                open.speaks((_, now) -> {
                    session.drain();
                    if (now) {
                        session.leave();
                    }
                });
                channel.pipeline().addLast(session);
            }
        }
        if (draining && version == HttpVersion.HTTP1) {
            open.end(false);
        }
    }
}
