package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.routetable.ClientLimits;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections begin and end. */
final class LifeTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Http2Limits USUAL = Http2Limits.of(ClientLimits.DEFAULT);
    private static final Http2Limits IMPATIENT =
            new Http2Limits(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, 500, USUAL.allowance(), USUAL.requests());
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int FIRST_WINDOW = 65_535;
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
    void aCallThatOutlastsTheDrainIsToldSoInItsTrailers() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, true, Fields.request("POST", "/talk", "content-type", "application/grpc"))
                    .flush();
            assertThat(client.head(1).status()).isEqualTo("200");
            gateway.drain();
            gateway.shutDown();
            Answer end = client.answer(1);
            assertThat(end.reset).isEqualTo(-1);
            // A second block of headers is all that is left of this answer.
            assertThat(end.header("grpc-status")).isEqualTo("14");
            assertThat(client.next(Frame.GOAWAY).error()).isZero();
            assertThat(client.read()).isNull();
            assertThat(gateway.reasons).containsExactly("shutdown");
            assertThat(gateway.leases().leased()).isZero();
        }
    }

    @Test
    void requestsWithoutAnAnswerAtTheEndOfTheDrainGetOne() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port());
                var caller = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/")).flush();
            caller.headers(1, false, Fields.request("POST", "/", "content-type", "application/grpc"))
                    .flush();
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isEqualTo(2));
            gateway.shutDown();
            assertThat(client.answer(1).status()).isEqualTo("503");
            assertThat(caller.answer(1).header("grpc-status")).isEqualTo("14");
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
    void aConnectionWithShortRequestsIsNotIdle() throws IOException {
        var idle = Duration.ofSeconds(1);
        var limits = new Http2Limits(
                LONG, LONG, LONG, idle, Duration.ofMillis(100), LONG, 500, USUAL.allowance(), USUAL.requests());
        try (var gateway = new Gateway(origin, limits, Gateway::speakHttp2);
                var client = RawClient.greeting(gateway.port())) {
            long begun = System.nanoTime();
            for (int stream = 1;
                    System.nanoTime() - begun < idle.multipliedBy(2).toNanos();
                    stream += 2) {
                assertThat(client.request(stream, Fields.request("HEAD", "/head"))
                                .status())
                        .isEqualTo("200");
                // So that hardly ever one runs when it is looked whether one does.
                LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
            }
            assertThat(client.next(Frame.GOAWAY).error()).isZero();
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
            assertThat(client.request(3, Fields.request("HEAD", "/head")).status())
                    .isEqualTo("200");
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("client_too_slow"));
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        }
    }

    @Test
    void aClientThatTakesLittleOfAStreamAtATimeKeepsIt() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port())) {
            client.keepWindowsShut();
            client.headers(1, true, Fields.request("GET", "/large")).flush();
            client.read(1, FIRST_WINDOW);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 3 * SHORT.toNanos()) {
                client.number(Frame.WINDOW_UPDATE, 0, 100);
                client.number(Frame.WINDOW_UPDATE, 1, 100).flush();
                client.read(1, 100);
                // A slow reader is one that lets time pass.
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            assertThat(client.answer(1).reset).isEqualTo((int) Http2Error.CANCEL.code());
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("client_too_slow"));
        }
    }

    @Test
    void aSlowConnectionIsNotTheFaultOfItsStreams() throws IOException {
        int streams = 10;
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port(), 4, Integer.MAX_VALUE)) {
            for (int n = 0; n < streams; n++) {
                client.headers(2 * n + 1, true, Fields.request("GET", "/large"));
            }
            client.flush();
            take(client, FIRST_WINDOW);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 3 * SHORT.toNanos()) {
                // So little that a stream has its turn every few seconds.
                client.number(Frame.WINDOW_UPDATE, 0, 100).flush();
                take(client, 100);
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            }
            assertThat(gateway.reasons).isEmpty();
            for (int n = 0; n < streams; n++) {
                assertThat(client.next(Frame.RST_STREAM).error()).isEqualTo((int) Http2Error.CANCEL.code());
            }
            assertThat(gateway.reasons).hasSize(streams).containsOnly("client_too_slow");
        }
    }

    /** Reads so many bytes, of whatever streams. */
    private static void take(RawClient client, int bytes) throws IOException {
        for (int left = bytes; left > 0; ) {
            Frame frame = client.next();
            assertThat(frame.type()).isNotEqualTo(Frame.RST_STREAM);
            left -= frame.type() == Frame.DATA ? frame.payload().length : 0;
        }
    }

    @Test
    void aStreamOfWhichNothingWaitedForLongIsNotLateAtOnce() throws IOException {
        var stall = Duration.ofSeconds(2);
        var limits = new Http2Limits(LONG, LONG, stall, LONG, LONG, LONG, 500, USUAL.allowance(), USUAL.requests());
        try (var gateway = new Gateway(origin, limits, Gateway::speakHttp2);
                var client = RawClient.greeting(gateway.port(), 4, 0)) {
            client.headers(1, true, Fields.request("GET", "/events")).flush();
            assertThat(client.head(1).status()).isEqualTo("200");
            LockSupport.parkNanos(stall.plusSeconds(1).toNanos());
            origin.events.release();
            // Until it was looked at whether somebody is late, twice in a second.
            LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
            client.number(Frame.WINDOW_UPDATE, 1, 100).flush();
            assertThat(client.next(Frame.DATA).text()).isEqualTo("data: 0\n\n");
        }
    }

    @Test
    void aClientThatReadsNothingLosesItsConnection() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port(), 4, Integer.MAX_VALUE)) {
            client.number(Frame.WINDOW_UPDATE, 0, Origin.LARGE);
            client.headers(1, true, Fields.request("GET", "/large")).flush();
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("client_too_slow"));
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
            assertThat(client.ends()).isTrue();
        }
    }

    @Test
    void aBodyThatDoesNotComeIsNoHarmToASlowReaderOfAnotherResponse() throws IOException {
        var limits = new Http2Limits(LONG, LONG, LONG, LONG, SHORT, SHORT, 500, USUAL.allowance(), USUAL.requests());
        try (var gateway = new Gateway(origin, limits, Gateway::speakHttp2);
                var client = RawClient.greeting(gateway.port(), 4, Integer.MAX_VALUE)) {
            client.number(Frame.WINDOW_UPDATE, 0, Origin.LARGE);
            client.headers(1, true, Fields.request("GET", "/large"));
            client.headers(3, false, Fields.request("POST", "/")).flush();
            int read = 0;
            while (read < Origin.LARGE) {
                Frame frame = client.next();
                read += frame.type() == Frame.DATA && frame.stream() == 1 ? frame.payload().length : 0;
                if (gateway.reasons.isEmpty()) {
                    // A slow reader is one that lets time pass: its socket is never writable for long.
                    LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
                }
            }
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("body_too_slow"));
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        }
    }

    @Test
    void aBodyMustComeWhetherItsLengthIsAnnouncedOrNot() throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/", "content-length", "10000"))
                    .headers(3, false, Fields.request("POST", "/"))
                    .flush();
            assertThat(client.answer(1).status()).isEqualTo("408");
            assertThat(client.answer(3).status()).isEqualTo("408");
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("body_too_slow", "body_too_slow"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc-web+proto", "Application/gRPC-Web-Text"})
    void inAConversationAClientMayBeSilent(String type) throws IOException {
        try (var gateway = impatient();
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/", "content-type", type))
                    .headers(3, false, Fields.request("POST", "/"))
                    .flush();
            assertThat(client.answer(3).status()).isEqualTo("408");
            client.data(1, true, new byte[3]).flush();
            assertThat(client.answer(1).text()).endsWith("body 3");
        }
    }

    @Test
    void aConnectionTakesSoManyRequestsAndIsToldToGoElsewhere() throws IOException {
        var limits = Http2Limits.of(TestLimits.connections(100, 0, 2));
        try (var gateway = new Gateway(origin, limits, Gateway::speakHttp2);
                var client = RawClient.greeting(gateway.port())) {
            assertThat(client.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
            client.headers(3, true, Fields.request("GET", "/")).flush();
            assertThat(client.next(Frame.GOAWAY).error()).isEqualTo((int) Http2Error.NO_ERROR.code());
            assertThat(client.answer(3).status()).isEqualTo("200");
            assertThat(client.next(Frame.GOAWAY).error()).isZero();
            assertThat(client.ends()).isTrue();
        }
    }

    @Test
    void whereMemoryIsShortIdleConnectionsGoAndRequestsAreRefused() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            gateway.uses(0.93);
            assertThat(client.request(1, Fields.request("GET", "/")).status()).isEqualTo("503");
            assertThat(gateway.reasons).containsExactly("overloaded_memory");
            assertThat(client.next(Frame.GOAWAY).error()).isEqualTo((int) Http2Error.NO_ERROR.code());
            assertThat(gateway.limited).containsExactly(ConnectionLimit.MEMORY);
        }
    }

    @Test
    void aListenersLimitsOfHeadsAndStreamsHold() throws IOException {
        var heads = Http2Limits.of(TestLimits.headers(1024, 4096, 10));
        try (var gateway = new Gateway(origin, heads, Gateway::speakHttp2);
                var client = RawClient.greeting(gateway.port())) {
            String[] fields = new String[22];
            for (int i = 0; i < fields.length; i += 2) {
                fields[i] = "x" + i;
                fields[i + 1] = "y";
            }
            assertThat(client.request(1, Fields.request("GET", "/", fields)).status())
                    .isEqualTo("431");
            assertThat(client.request(3, Fields.request("GET", "/", "x", "y".repeat(4096)))
                            .status())
                    .isEqualTo("431");
            assertThat(client.request(5, Fields.request("GET", "/" + "x".repeat(1024)))
                            .status())
                    .isEqualTo("414");
            assertThat(client.request(7, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
    }

    @Test
    void aListenersLimitsOfStreamsHold() throws IOException {
        var limits = Http2Limits.of(TestLimits.http2(1, 10, Duration.ofSeconds(30)));
        try (var gateway = new Gateway(origin, limits, Gateway::speakHttp2);
                var client = RawClient.greeting(gateway.port());
                var resets = RawClient.greeting(gateway.port())) {
            client.headers(1, true, Fields.request("GET", "/hang"));
            client.headers(3, true, Fields.request("GET", "/hang")).flush();
            assertThat(client.next(Frame.RST_STREAM).stream()).isEqualTo(3);
            for (int stream = 1; stream < 30; stream += 2) {
                resets.headers(stream, true, Fields.request("GET", "/hang"));
                resets.number(Frame.RST_STREAM, stream, (int) Http2Error.CANCEL.code());
            }
            resets.flush();
            assertThat(resets.next(Frame.GOAWAY).error()).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
        }
    }

    @Test
    void theFirstBytesTellTheProtocolAndUpgradeDoesNot() throws IOException {
        try (var gateway = new Gateway(origin, Http2Limits.of(ClientLimits.DEFAULT), LifeTest::ask)) {
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
        PriorKnowledge.ask(pipeline, version -> {
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
