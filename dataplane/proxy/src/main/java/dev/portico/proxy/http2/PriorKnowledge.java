package dev.portico.proxy.http2;

import dev.portico.routetable.HttpVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the first bytes of a connection without TLS which protocol the client speaks: the preface is no HTTP/1
 * request. {@code Upgrade: h2c} is nobody's business here: it is never answered.
 */
public final class PriorKnowledge extends ByteToMessageDecoder {
    private final Http2Limits limits;
    private final Consumer<HttpVersion> speak;
    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    private @Nullable Future<?> deadline;

    private PriorKnowledge(Http2Limits limits, Consumer<HttpVersion> speak) {
        this.limits = limits;
        this.speak = speak;
    }

    /**
     * Waits for the first bytes of a fresh connection, which the handlers of the protocol then see.
     *
     * @param speak adds the handlers of a protocol at the pipeline's end
     */
    public static void ask(ChannelPipeline pipeline, Http2Limits limits, Consumer<HttpVersion> speak) {
        pipeline.addLast(new PriorKnowledge(limits, speak));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline =
                ctx.executor().schedule(() -> tooLate(ctx), limits.firstFrame().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void tooLate(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int length = Math.min(in.readableBytes(), preface.readableBytes());
        boolean same = ByteBufUtil.equals(in, in.readerIndex(), preface, preface.readerIndex(), length);
        if (!same || length == preface.readableBytes()) {
            speak.accept(same ? HttpVersion.HTTP2 : HttpVersion.HTTP1);
            var _ = ctx.pipeline().remove(this);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        preface.release();
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }
}
