package dev.portico.proxy.tunnel;

import dev.portico.proxy.loop.Stall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A peer whose connection was HTTP/1.1: the last handler of its channel from then on. Half-closes TCP; the end of TLS
 * is taken for the end of both directions, as it was until TLS 1.2 (RFC 8446 §6.1).
 */
public final class ChannelSide extends ChannelInboundHandlerAdapter implements Side {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelSide.class);
    /** How long a peer may take for the last bytes of a tunnel that is over. */
    private static final long CLOSE_SECONDS = 5;

    /** What came before the start: the codec hands over what it has not read when it is taken out. */
    private final Queue<ByteBuf> early = new ArrayDeque<>(2);

    private final Stall stall = new Stall();

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Direction direction;
    private @Nullable Future<?> closing;
    private boolean halfCloses;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean paused;
    private boolean reset;

    private ChannelSide() {}

    /** Adds the side to a connection, which is read no more until the side is started. */
    public static ChannelSide of(Channel channel) {
        var side = new ChannelSide();
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(side);
        return side;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        halfCloses = context.pipeline().get(SslHandler.class) == null;
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, halfCloses);
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("the side has no connection yet");
        }
        return ctx;
    }

    /** Keeps what the peer said before. Takes the buffer over. */
    public void early(ByteBuf data) {
        if (data.isReadable()) {
            early.add(data);
        } else {
            data.release();
        }
    }

    /** Remembers that the peer said that nothing more comes. */
    public void inputEnded() {
        inputEnded = true;
    }

    @Override
    public void start(Direction from) {
        direction = from;
        for (ByteBuf data = early.poll(); data != null; data = early.poll()) {
            from.data(data);
        }
        from.readComplete();
        pause(paused);
        if (inputEnded) {
            from.end();
        }
    }

    // ---- to the peer

    @Override
    public void data(ByteBuf data) {
        var _ = context().write(data, context().voidPromise());
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public void end() {
        if (!outputEnded) {
            outputEnded = true;
            afterWrites(future -> {
                if (halfCloses && future.channel() instanceof DuplexChannel channel) {
                    var _ = channel.shutdownOutput();
                } else {
                    var _ = future.channel().close();
                }
            });
        }
    }

    @Override
    public void close() {
        afterWrites(ChannelFutureListener.CLOSE);
        if (context().channel().isActive()) {
            closing = context().executor().schedule(this::closeNow, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void closeNow() {
        var _ = context().close();
    }

    private void afterWrites(ChannelFutureListener action) {
        var _ = context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(action);
    }

    @Override
    public void reset() {
        reset(context().channel());
    }

    /** Resets a connection, which says no farewell of TLS before: it would look like an orderly end. */
    public static void reset(Channel channel) {
        // The peer may have left a moment before, which its handlers are told after those of the other side.
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        var _ = tls == null ? channel.close() : tls.close();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public long stalled(long now) {
        return stall.lasted(context().channel(), now);
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
        context().channel().config().setAutoRead(!pause);
    }

    /** The data plane leaves: see {@link Tunnel#leave}. */
    public void leave() {
        if (direction != null) {
            direction.leave();
        }
    }

    // ---- from the peer

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf data)) {
            ReferenceCountUtil.release(message);
        } else if (direction == null) {
            early.add(data);
        } else {
            direction.data(data);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (direction != null) {
            direction.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (direction != null && context.channel().isWritable()) {
            stall.taken();
            direction.writable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && direction != null && !inputEnded) {
            inputEnded = true;
            direction.end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        early.forEach(ByteBuf::release);
        early.clear();
        if (closing != null) {
            closing.cancel(false);
        }
        if (direction != null) {
            direction.lost(reset);
        }
    }

    /** A lost connection is the peer's affair, everything else is an error of ours; it is lost either way. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        reset |= cause instanceof IOException;
        if (cause instanceof RuntimeException && !(cause instanceof CodecException)) {
            LOG.error("a tunnel ends by an error of ours", cause);
        }
        var _ = context.close();
    }
}
