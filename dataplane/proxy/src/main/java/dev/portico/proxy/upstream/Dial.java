package dev.portico.proxy.upstream;

import dev.portico.proxy.loop.Timed;
import dev.portico.proxy.loop.UnseenReset;
import dev.portico.routetable.HttpVersion;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is being made, from the socket over TLS to the endpoint's first word in HTTP/2, and the attempts
 * that will begin on it.
 */
final class Dial extends Timed {
    private final Pool pool;
    private final Hop hop;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private final long began = System.nanoTime();
    private @Nullable Channel channel;
    /** There as soon as the socket is connected, where nothing else has to be agreed upon. */
    private @Nullable Connection plain;

    private boolean over;
    private boolean made;

    Dial(Pool pool, Hop hop) {
        this.pool = pool;
        this.hop = hop;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    void add(Attempt attempt) {
        attempts.add(attempt);
        attempt.connecting(true);
    }

    void start() {
        pool.upstreams().sweep().add(this);
        ChannelFuture connected =
                pool.upstreams().bootstrap().handler(initializer()).connect(pool.address());
        channel = connected.channel();
        connected.addListener(_ -> {
            if (!connected.isSuccess()) {
                failed(Failure.CONNECT_FAILED);
            } else if (plain != null) {
                made(plain);
            }
        });
    }

    private ChannelHandler initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel fresh) {
                UnseenReset.watch(fresh);
                EndpointTls tls = hop.tls();
                if (tls != null) {
                    SslHandler handler = tls.handler(fresh.alloc(), hop.protocol());
                    fresh.pipeline().addLast(handler, new Secured(handler));
                } else if (hop.protocol() == HttpVersion.HTTP2) {
                    fresh.pipeline().addLast(Http2Session.of(pool, Dial.this));
                } else {
                    plain = http1(fresh);
                }
            }
        };
    }

    private Http1Session http1(Channel fresh) {
        var connection = new Http1Session(pool, this);
        connection.addTo(fresh.pipeline());
        return connection;
    }

    /** The connection can carry its first attempts. */
    void made(Connection connection) {
        if (!over) {
            end();
            made = true;
            pool.made(this, connection);
        }
    }

    /** The connection is gone, be it before it was made. */
    void closed(Connection connection) {
        if (made) {
            pool.closed(connection);
        } else {
            failed(Failure.CONNECT_FAILED);
        }
    }

    void failed(Failure failure) {
        if (!over) {
            end();
            pool.failed(this, failure);
            close();
        }
    }

    private void end() {
        over = true;
        pool.upstreams().sweep().remove(this);
    }

    private void close() {
        if (channel != null) {
            var _ = channel.close();
        }
    }

    @Override
    protected void check(long now) {
        if (now - began > pool.upstreams().limits().connect().toNanos()) {
            failed(Failure.CONNECT_TIMEOUT);
        }
    }

    /** Waits for TLS and speaks what was agreed upon. */
    private final class Secured extends ChannelInboundHandlerAdapter {
        private final SslHandler tls;

        Secured(SslHandler tls) {
            this.tls = tls;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && !over) {
                if (done.isSuccess()) {
                    speak(ctx, tls.applicationProtocol());
                } else {
                    pool.refusedByTls(done.cause());
                    failed(Failure.TLS_FAILED);
                }
            }
        }

        private void speak(ChannelHandlerContext ctx, @Nullable String agreed) {
            if (ApplicationProtocolNames.HTTP_2.equals(agreed)) {
                ctx.pipeline().replace(this, null, Http2Session.of(pool, Dial.this));
            } else if (hop.protocol() == HttpVersion.HTTP2) {
                failed(Failure.TLS_FAILED);
            } else {
                Http1Session connection = http1(ctx.channel());
                ctx.pipeline().remove(this);
                made(connection);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            failed(Failure.CONNECT_FAILED);
        }

        /** TLS says it by its event as well, and everything else closes the connection. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
