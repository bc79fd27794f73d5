package dev.portico.proxy.listener;

import dev.portico.proxy.http1.Http1Connection;
import dev.portico.proxy.http2.PriorKnowledge;
import dev.portico.proxy.http2.Session;
import dev.portico.proxy.pipeline.Client;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.tls.Handshake;
import dev.portico.proxy.tls.ListenerTls;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.routetable.ClientLimits;
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
    private volatile boolean draining;

    Connections(Loops loops, Supplier<TlsTable> tls) {
        this.loops = loops;
        this.tls = tls;
    }

    /** From now on connections end soon, new ones as well. */
    void drain() {
        draining = true;
    }

    /** Called on the connection's event loop. */
    void accept(Channel channel, BoundListener.Slot slot) {
        // The loop first: who closes a listener clears its slot, then tells the loops that are known.
        Loop loop = loops.of(channel.eventLoop());
        Served served = slot.served();
        if (served == null || !(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            var _ = channel.close(); // one of them is gone again already
            return;
        }
        HttpListener listener = served.listener();
        var open = open(loop, channel, served);
        ChannelPipeline pipeline = channel.pipeline();
        if (listener.tls() != null) {
            Handshake.begin(
                    pipeline,
                    () -> tls.get().listener(listener.id()),
                    (_, version, name) ->
                            speak(loop, open, channel, served, client(listener, peer, version, name), version));
        } else if (listener.versions().size() == 1) {
            HttpVersion only = listener.versions().getFirst();
            speak(loop, open, channel, served, client(listener, peer, only, null), only);
        } else {
            PriorKnowledge.ask(
                    pipeline,
                    version -> speak(loop, open, channel, served, client(listener, peer, version, null), version));
        }
    }

    private static OpenConnection open(Loop loop, Channel channel, Served served) {
        Recorder recorder = loop.pipeline().recorder();
        ClientLimits.Timeouts patience = served.limits().timeouts();
        String id = served.listener().id();
        var open = served.listener().tls() == null
                ? new OpenConnection(id, channel, recorder, patience.header(), ConnectionLimit.HEADER_TIMEOUT)
                : new OpenConnection(
                        id, channel, recorder, patience.tlsHandshake(), ConnectionLimit.TLS_HANDSHAKE_TIMEOUT);
        recorder.connected(id);
        loop.open().add(open);
        loop.sweep().add(open);
        channel.closeFuture().addListener(_ -> {
            loop.open().remove(open);
            loop.sweep().remove(open);
            recorder.disconnected(id);
        });
        return open;
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

    private void speak(
            Loop loop, OpenConnection open, Channel channel, Served served, Client client, HttpVersion version) {
        loop.sweep().remove(open);
        switch (version) {
            case HTTP1 -> {
                var connection =
                        new Http1Connection(client, loop.pipeline(), loop.writer(), loop.sweep(), served.http1());
                open.speaks((_, farewell) -> {
                    switch (farewell) {
                        case SOON -> connection.drain(false);
                        case IDLE -> connection.drain(true);
                        case NOW -> connection.shutDown();
                    }
                });
                connection.addTo(channel);
            }
            case HTTP2 -> {
                Session session = Session.of(client, loop.pipeline(), loop.sweep(), served.http2());
                open.speaks((_, farewell) -> {
                    switch (farewell) {
                        case SOON -> session.drain();
                        case IDLE -> {
                            session.drain();
                            session.leave();
                        }
                        case NOW -> session.shutDown();
                    }
                });
                channel.pipeline().addLast(session);
            }
        }
        if (draining && version == HttpVersion.HTTP1) {
            open.end(Farewell.SOON);
        }
    }
}
