package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.HttpVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How connections begin and end. */
final class LifeTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Http2Limits IMPATIENT = new Http2Limits(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, 500);
    private final Origin origin = new Origin();

    LifeTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        origin.close();
    }

    @Test
    void aDrainAnnouncesItselfTwiceServesWhatRunsAndCloses() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/")).flush();
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isEqualTo(1));
            gateway.drain();
            Frame first = client.next(Frame.GOAWAY);
            assertThat(first.lastStream()).isEqualTo(Integer.MAX_VALUE);
            client.headers(3, true, Fields.request("GET", "/late")).flush();
            assertThat(client.answer(3).status()).isEqualTo("200");
            Frame second = client.next(Frame.GOAWAY);
            assertThat(second.lastStream()).isEqualTo(3);
            assertThat(second.error()).isZero();
            client.data(1, true, new byte[3]).flush();
            assertThat(client.answer(1).text()).endsWith("body 3");
            assertThat(client.read()).isNull();
        }
    }

    @Test
    void aConnectionWithoutRequestsEndsInPeace() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port())) {
            Frame end = client.next(Frame.GOAWAY);
            assertThat(end.error()).isZero();
        }
    }

    @Test
    void aClientThatNeverBeginsIsClosed() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.silent(gateway.port())) {
            Frame end = client.next(Frame.GOAWAY);
            assertThat(end.error()).isEqualTo((int) Http2Error.SETTINGS_TIMEOUT.code());
            assertThat(client.ends()).isTrue();
        }
    }

    @Test
    void aFrameThatNeverEndsIsCutOff() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, true, Fields.request("GET", "/hang")).flush();
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isEqualTo(1));
            client.raw(new byte[] {0, 0, 100, 1, 4, 0, 0, 0, 3})
                    .raw(new byte[20])
                    .flush();
            Frame end = client.next(Frame.GOAWAY);
            assertThat(end.error()).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        }
    }

    @Test
    void aClientThatTakesNothingLosesItsStreamAndKeepsItsConnection() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port(), 4, 0)) {
            Answer answer = client.request(1, Fields.request("GET", "/large"));
            assertThat(answer.status()).isEqualTo("200");
            assertThat(answer.reset).isEqualTo((int) Http2Error.CANCEL.code());
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("client_too_slow"));
            assertThat(gateway.leases().leased()).isZero();
            assertThat(client.request(3, Fields.request("HEAD", "/head")).status())
                    .isEqualTo("200");
        }
    }

    @Test
    void aBodyMustComeWhetherItsLengthIsAnnouncedOrNot() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/", "content-length", "10000"))
                    .headers(3, false, Fields.request("POST", "/"))
                    .flush();
            assertThat(client.answer(1).reset).isEqualTo((int) Http2Error.CANCEL.code());
            assertThat(client.answer(3).reset).isEqualTo((int) Http2Error.CANCEL.code());
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
            assertThat(gateway.reasons).containsExactly("body_too_slow", "body_too_slow");
        }
    }

    @Test
    void inAConversationAClientMayBeSilent() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/", "content-type", "application/grpc"))
                    .headers(3, false, Fields.request("POST", "/"))
                    .flush();
            assertThat(client.answer(3).reset).isEqualTo((int) Http2Error.CANCEL.code());
            client.data(1, true, new byte[3]).flush();
            assertThat(client.answer(1).text()).endsWith("body 3");
        }
    }

    @Test
    void theFirstBytesTellTheProtocolAndUpgradeDoesNot() throws IOException {
        try (var gateway = new Gateway(origin, Http2Limits.DEFAULT, LifeTest::ask)) {
            for (String request : List.of(
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                    "P",
                    "PRI * HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                    socket.setSoTimeout(5_000);
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    if (request.length() == 1) {
                        socket.getOutputStream().flush();
                        socket.getOutputStream().write("OST".getBytes(StandardCharsets.US_ASCII));
                    }
                    assertThat(socket.getInputStream().read()).isEqualTo('1');
                }
            }
            try (var client = RawClient.greeting(gateway.port())) {
                assertThat(client.request(1, Fields.request("GET", "/")).status())
                        .isEqualTo("200");
            }
        }
    }

    private Gateway impatient() {
        return new Gateway(origin, IMPATIENT, Gateway::speakHttp2);
    }

    private static void ask(Gateway gateway, ChannelPipeline pipeline) {
        PriorKnowledge.ask(pipeline, Http2Limits.DEFAULT, version -> {
            if (version == HttpVersion.HTTP2) {
                gateway.speakHttp2(pipeline);
            } else {
                pipeline.addLast(new SaysOne());
            }
        });
    }

    /** Stands for HTTP/1: says 1 and closes. */
    private static final class SaysOne extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'1'}))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
