package dev.portico.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.loop.Sweep;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HttpVersion;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long an endpoint may take. */
class AttemptTest {
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STALL_NANOS = Duration.ofSeconds(2).toNanos();
    private static final UpstreamLimits LIMITS = new UpstreamLimits(
            1, 4, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Pings.DEFAULT);

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final Upstreams upstreams = new Upstreams(loop, NioSocketChannel::new, LIMITS, new Sweep(loop, loop));
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    /** What is done with the next connections, in this order. */
    private final BlockingQueue<Conversation> conversations = new LinkedBlockingQueue<>();

    AttemptTest() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void interimResponsesDoNotBuyTimeForTheHead() {
        serve(socket -> {
            for (int i = 0; i < 18; i++) {
                write(socket, "HTTP/1.1 102 Processing\r\n\r\n");
                // Time is what this is about.
                Thread.sleep(Duration.ofMillis(100));
            }
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        loop.execute(() -> attempt("GET", IDLE_NANOS).start(false));
        await().until(() -> !ends.isEmpty());
        assertThat(ends).containsExactly("HEAD_TIMEOUT");
    }

    @Test
    void anEndpointThatFallsSilentInItsResponseIsCutShort() {
        serve(socket -> {
            read(socket);
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            awaitEnd(socket);
        });
        loop.execute(() -> attempt("GET", IDLE_NANOS).start(false));
        await().until(() -> ends.size() == 2);
        assertThat(ends).containsExactly("200", "TRUNCATED");
    }

    @Test
    void nobodyHoldsAConnectionForEverWhileNothingMoves() {
        serve(AttemptTest::awaitEnd);
        serve(AttemptTest::awaitEnd);
        loop.execute(() -> {
            attempt("GET", false, UpstreamRequest.NEVER, IDLE_NANOS).start(false);
            attempt("POST", true, UpstreamRequest.NEVER, IDLE_NANOS).start(false);
        });
        await().until(() -> ends.size() == 2);
        assertThat(ends).containsExactly("HEAD_TIMEOUT", "BODY_STALLED");
        assertThat(upstreams.leases().leased()).isZero();
    }

    @Test
    void aBodyThatDoesNotComeGivesWayToWhoWaits() {
        serve(AttemptTest::awaitEnd);
        serve(socket -> {
            read(socket);
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        long patience = Duration.ofMinutes(5).toNanos();
        loop.execute(() -> {
            attempt("POST", true, UpstreamRequest.NEVER, patience).start(false);
            attempt("GET", false, UpstreamRequest.NEVER, patience).start(false);
        });
        await().until(() -> ends.size() == 2);
        assertThat(ends).containsExactly("BODY_STALLED", "200");
    }

    @Test
    void aConnectionThatEndsBehindItsResponseIsNotHandedToWhoWaits() {
        var stopped = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        serve(socket -> {
            read(socket);
            stopped.await();
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            socket.close();
            answered.countDown();
        });
        loop.execute(() -> {
            attempt("GET", UpstreamRequest.NEVER).start(false);
            attempt("POST", UpstreamRequest.NEVER).start(false);
        });
        await().until(() -> upstreams.leases().waiting() == 1);
        // The event loop stands still meanwhile, so that it finds response and end together.
        loop.execute(() -> {
            stopped.countDown();
            awaitUninterruptibly(answered);
        });
        serve(socket -> {
            read(socket);
            write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        });
        await().until(() -> ends.size() == 2);
        assertThat(ends).containsExactly("200", "201");
    }

    @Test
    void aRequestThatCannotBeWrittenCostsNoPlaceOnAConnection() {
        try (var endpoint = new Http2Endpoint(1, null)) {
            loop.execute(() -> attempt(endpoint, "GET", "/", false).start(false));
            await().until(() -> ends.size() == 1 && upstreams.leases().leased() == 0);
            loop.execute(() -> {
                attempt(endpoint, "GET", "/a b", false).start(false);
                attempt(endpoint, "GET", "/", false).start(false);
            });
            await().until(() -> ends.size() == 3);
            assertThat(ends).containsExactly("200", "UNWRITABLE", "200");
            assertThat(endpoint.connections).hasValue(1);
        }
    }

    @Test
    void aBodyThatDoesNotComeGivesItsStreamToWhoWaits() {
        try (var endpoint = new Http2Endpoint(1, null)) {
            loop.execute(() -> {
                attempt(endpoint, "POST", "/", true).start(false);
                attempt(endpoint, "GET", "/", false).start(false);
            });
            await().until(() -> ends.size() == 2);
            assertThat(ends).containsExactly("BODY_STALLED", "200");
            assertThat(endpoint.connections).hasValue(1);
        }
    }

    @Test
    void aResponseThatNobodyTakesGivesWayToWhoWaits() {
        serve(socket -> {
            read(socket);
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            awaitEnd(socket);
        });
        serve(socket -> {
            read(socket);
            write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        });
        Attempt unread = attempt("GET", UpstreamRequest.NEVER, Duration.ofMinutes(5));
        loop.execute(() -> unread.start(false));
        await().until(() -> ends.size() == 1);
        loop.execute(() -> {
            unread.pause(true);
            attempt("GET", UpstreamRequest.NEVER, Duration.ofMinutes(5)).start(false);
        });
        await().until(() -> ends.size() == 3);
        assertThat(ends).containsExactly("200", "UNREAD", "201");
    }

    @Test
    void aResponseThatNobodyTakesGivesItsStreamToWhoWaits() {
        try (var endpoint = new Http2Endpoint(1, null)) {
            Attempt unread = attempt(endpoint, "GET", "/large", false);
            loop.execute(() -> unread.start(false));
            await().until(() -> ends.size() == 1);
            loop.execute(() -> {
                unread.pause(true);
                attempt(endpoint, "GET", "/", false).start(false);
            });
            await().until(() -> ends.size() == 3);
            assertThat(ends).containsExactly("200", "UNREAD", "200");
            assertThat(endpoint.connections).hasValue(1);
        }
    }

    @Test
    void aResponseThatNobodyEverTakesIsNotTheEndpointsFault() {
        serve(socket -> {
            read(socket);
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            awaitEnd(socket);
        });
        Attempt unread = attempt("GET", IDLE_NANOS);
        loop.execute(() -> unread.start(false));
        await().until(() -> ends.size() == 1);
        loop.execute(() -> unread.pause(true));
        await().until(() -> ends.size() == 2);
        assertThat(ends).containsExactly("200", "UNREAD");
    }

    private Attempt attempt(String method, long idleNanos, Duration stall) {
        return attempt(method, false, idleNanos, stall.toNanos());
    }

    private Attempt attempt(String method, long idleNanos) {
        return attempt(method, false, idleNanos);
    }

    private Attempt attempt(String method, boolean bodyFollows, long idleNanos) {
        return attempt(method, bodyFollows, idleNanos, STALL_NANOS);
    }

    private Attempt attempt(Http2Endpoint endpoint, String method, String target, boolean bodyFollows) {
        long patience = Duration.ofMinutes(5).toNanos();
        var headers = new DefaultHttpHeaders().set("host", "a");
        var request = new UpstreamRequest(
                method, target, headers, bodyFollows, UpstreamRequest.NEVER, UpstreamRequest.NEVER, patience);
        return upstreams.attempt(
                new Endpoint("127.0.0.1", endpoint.port()), new Hop(HttpVersion.HTTP2, null), request, new Seen());
    }

    private Attempt attempt(String method, boolean bodyFollows, long idleNanos, long stallNanos) {
        var request = new UpstreamRequest(
                method, "/", new DefaultHttpHeaders(), bodyFollows, UpstreamRequest.NEVER, idleNanos, stallNanos);
        return upstreams.attempt(new Endpoint("127.0.0.1", server.getLocalPort()), Hop.PLAIN, request, new Seen());
    }

    /** Does this with the next connection. */
    private void serve(Conversation conversation) {
        conversations.add(conversation);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Conversation next = conversations.take();
                Thread.ofVirtual().start(() -> hold(next, socket));
            }
        } catch (IOException | InterruptedException e) {
            // the test is over
        }
    }

    private static void hold(Conversation conversation, Socket accepted) {
        try (Socket socket = accepted) {
            conversation.hold(socket);
        } catch (IOException | InterruptedException e) {
            // the attempt was given up, as it should be
        }
    }

    @FunctionalInterface
    private interface Conversation {
        void hold(Socket socket) throws IOException, InterruptedException;
    }

    private static void awaitEnd(Socket socket) throws IOException {
        var _ = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void read(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Remembers how attempts ended. */
    private final class Seen implements ResponseSink {
        @Override
        public void ready() {}

        @Override
        public void informational(int status, HttpHeaders headers) {}

        @Override
        public void head(int status, HttpHeaders headers, boolean ended) {
            ends.add(String.valueOf(status));
        }

        @Override
        public void data(ByteBuf data) {
            data.release();
        }

        @Override
        public void end(@Nullable HttpHeaders trailers) {}

        @Override
        public void flush() {}

        @Override
        public void writable() {}

        @Override
        public void failed(Failure failure) {
            ends.add(failure.name());
        }
    }
}
