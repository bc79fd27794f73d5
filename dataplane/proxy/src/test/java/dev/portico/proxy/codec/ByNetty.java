package dev.portico.proxy.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/** What Netty's decoders, as strict as they can be, find in the same bytes. */
final class ByNetty {
    private ByNetty() {}

    private static HttpDecoderConfig strict() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(Limits.DEFAULT.line())
                .setMaxHeaderSize(Limits.DEFAULT.headers())
                .setValidateHeaders(true)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false);
    }

    static List<String> requests(byte[] bytes) {
        return read(new HttpRequestDecoder(strict()), bytes);
    }

    static List<String> responses(boolean toHead, byte[] bytes) {
        return read(
                new HttpResponseDecoder(strict()) {
                    @Override
                    protected boolean isContentAlwaysEmpty(HttpMessage message) {
                        return super.isContentAlwaysEmpty(message) || toHead;
                    }
                },
                bytes);
    }

    private static List<String> read(ChannelHandler decoder, byte[] bytes) {
        var found = new Found();
        var channel = new EmbeddedChannel(decoder);
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        channel.finish();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            take(message, found);
        }
        return found.words;
    }

    private static void take(Object message, Found found) {
        if (message instanceof HttpMessage head && head.decoderResult().isFailure()) {
            if (!(head.decoderResult().cause() instanceof PrematureChannelClosureException)) {
                found.words.add(Found.UNREADABLE);
            }
            ReferenceCountUtil.release(message);
            return;
        }
        switch (message) {
            case HttpRequest request ->
                found.request(
                        request.method().name(),
                        request.uri(),
                        version(request.protocolVersion()),
                        HttpUtil.isKeepAlive(request),
                        request.headers());
            case HttpResponse response ->
                found.response(response.status().code(), HttpUtil.isKeepAlive(response), response.headers());
            case HttpContent content -> content(content, found);
            case ByteBuf behindUpgrade -> behindUpgrade.release();
            default -> throw new IllegalStateException("Netty decoded a " + message.getClass());
        }
    }

    private static String version(HttpVersion version) {
        if (version.equals(HttpVersion.HTTP_1_1)) {
            return Request.Version.HTTP_1_1.name();
        }
        return (version.equals(HttpVersion.HTTP_1_0) ? Request.Version.HTTP_1_0 : Request.Version.OTHER).name();
    }

    private static void content(HttpContent content, Found found) {
        if (content.decoderResult().isFailure()) {
            found.words.add(Found.BROKEN);
            content.release();
            return;
        }
        if (content.content().isReadable()) {
            found.data(content.content());
        } else {
            content.release();
        }
        if (content instanceof LastHttpContent last) {
            found.end(last.trailingHeaders());
        }
    }
}
