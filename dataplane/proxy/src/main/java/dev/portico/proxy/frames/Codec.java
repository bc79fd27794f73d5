package dev.portico.proxy.frames;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * Netty's parts, put together by hand because only so our limits stand before the decoder. Netty's builder would add
 * limits of its own, which {@link FrameLimits} has instead.
 */
public record Codec(
        Http2Connection connection,
        FrameLimits limits,
        Http2ConnectionDecoder decoder,
        Http2ConnectionEncoder encoder) {
    /** Of a connection that a client opened. */
    public static Codec withClient(Allowance allowance) {
        return of(new DefaultHttp2Connection(true), allowance, Http2HeadersEncoder.NEVER_SENSITIVE);
    }

    /** Of a connection that we open to an endpoint. */
    public static Codec withEndpoint() {
        return of(new DefaultHttp2Connection(false), Allowance.ENDPOINT, Codec::isSecret);
    }

    /** On a connection that clients share, none may learn by the length of a head what another one sent (RFC 7541 §7.1). */
    private static boolean isSecret(CharSequence name, CharSequence value) {
        return HttpHeaderNames.AUTHORIZATION.contentEquals(name) || HttpHeaderNames.COOKIE.contentEquals(name);
    }

    private static Codec of(
            Http2Connection connection, Allowance allowance, Http2HeadersEncoder.SensitivityDetector secrets) {
        // Even shares: the priority tree is the peer's to build, and costs us.
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(connection, new UniformStreamByteDistributor(connection)));
        var encoder = new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter(secrets));
        var limits = new FrameLimits(
                connection,
                allowance,
                new DefaultHttp2FrameReader(
                        new DefaultHttp2HeadersDecoder(true, allowance.headerList()), Limits.SMALL_CONTINUATIONS));
        boolean acknowledgeSettings = true;
        boolean acknowledgePings = true;
        boolean validateHeaders = true;
        boolean requirePseudoHeaders = true;
        var decoder = new DefaultHttp2ConnectionDecoder(
                connection,
                encoder,
                limits,
                Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                acknowledgeSettings,
                acknowledgePings,
                validateHeaders,
                requirePseudoHeaders);
        return new Codec(connection, limits, decoder, encoder);
    }
}
