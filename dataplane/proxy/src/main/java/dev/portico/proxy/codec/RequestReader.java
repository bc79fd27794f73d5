package dev.portico.proxy.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder of requests, which joins folded header lines (RFC 9112 §5.2) where we must refuse them: peers read
 * them in different ways. A message that cannot be read carries the cause in its decoder result.
 */
public final class RequestReader extends HttpRequestDecoder {
    private boolean inHead = true;
    private boolean lineRead;
    private boolean folded;

    public RequestReader() {
        super(Limits.strict());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int firstText = in.readerIndex();
        if (inHead) {
            firstText = lineRead ? firstText : textAfterBlankLines(in);
            folded = folded || hasFoldedLine(in, firstText);
        }
        int before = out.size();
        super.decode(ctx, in, out);
        lineRead = lineRead || in.readerIndex() > firstText;
        for (int i = before; i < out.size(); i++) {
            learn(out.get(i));
        }
    }

    /** Whether some bytes of a head have come, but not all. */
    public boolean hasPartOfHead() {
        return inHead && (lineRead || actualReadableBytes() > 0);
    }

    private void learn(Object message) {
        if (message instanceof HttpRequest request) {
            inHead = false;
            if (folded && request.decoderResult().isSuccess()) {
                request.setDecoderResult(DecoderResult.failure(new FoldedLineException()));
            }
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
            lineRead = false;
        }
    }

    /** Clients may send blank lines before a request line (RFC 9112 §2.2). */
    private static int textAfterBlankLines(ByteBuf in) {
        int at = in.readerIndex();
        while (at < in.writerIndex() && (in.getByte(at) == '\r' || in.getByte(at) == '\n')) {
            at++;
        }
        return at;
    }

    /** The decoder consumes whole lines only, so what it has left of a head begins where a line begins. */
    private static boolean hasFoldedLine(ByteBuf in, int from) {
        int end = in.writerIndex();
        int line = from;
        while (line < end) {
            byte first = in.getByte(line);
            if (first == ' ' || first == '\t') {
                return true;
            }
            int newline = in.indexOf(line, end, (byte) '\n');
            if (newline < 0 || first == '\r' || first == '\n') {
                return false;
            }
            line = newline + 1;
        }
        return false;
    }

    /** A header line begins with white space. */
    static final class FoldedLineException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FoldedLineException() {
            super("a header line is folded", null, false, false);
        }
    }
}
