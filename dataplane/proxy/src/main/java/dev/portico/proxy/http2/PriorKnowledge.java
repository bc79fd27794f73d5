package dev.portico.proxy.http2;

import dev.portico.routetable.HttpVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells by the first bytes of a connection without TLS which protocol the client speaks: the preface is no HTTP/1
 * request. {@code Upgrade: h2c} is nobody's business here: it is never answered.
 */
public final class PriorKnowledge extends ByteToMessageDecoder {
    private final Consumer<HttpVersion> speak;
    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();

    private PriorKnowledge(Consumer<HttpVersion> speak) {
        this.speak = speak;
    }

    /**
     * Waits for the first bytes of a fresh connection, which the handlers of the protocol then see. How long is the
     * caller's business.
     *
     * @param speak adds the handlers of a protocol at the pipeline's end
     */
    public static void ask(ChannelPipeline pipeline, Consumer<HttpVersion> speak) {
        pipeline.addLast(new PriorKnowledge(speak));
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
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }
}
