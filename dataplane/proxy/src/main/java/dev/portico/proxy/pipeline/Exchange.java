package dev.portico.proxy.pipeline;

import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HttpListener;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** All that is known of one request on its way. Written by the pipeline, read by stages and the {@link Recorder}. */
public final class Exchange {
    private final Client client;
    private final ReceivedHead received;
    private final @Nullable String userAgent;
    private final boolean call;
    final long startedAt = System.nanoTime();

    @Nullable
    HttpListener listener;

    @Nullable
    RequestHead request;

    InetAddress clientAddress;

    @Nullable
    String requestId;

    @Nullable
    RunnableRoute route;

    @Nullable
    String upstream;

    @Nullable
    Endpoint endpoint;

    @Nullable
    HttpHeaders answerHeaders;

    @Nullable
    String reason;

    int attempts;
    int status;
    long bytesReceived;
    long bytesSent;
    long upstreamStartedAt;
    long upstreamHeadAt;
    long endedAt;
    boolean cut;

    Exchange(Client client, ReceivedHead received) {
        this.client = client;
        this.received = received;
        this.userAgent = received.headers().get(HttpHeaderNames.USER_AGENT);
        this.call = client.speaksHttp2() && Grpc.isCall(received.headers());
        this.clientAddress = client.peer().getAddress();
    }

    public Client client() {
        return client;
    }

    /** The head as it came in; what of it is not in {@link #request} was not believed. */
    public ReceivedHead received() {
        return received;
    }

    /** What the client calls itself, kept from the head before anything changes it. */
    public @Nullable String userAgent() {
        return userAgent;
    }

    /**
     * Whether it is a call of gRPC, kept from the head before anything changes it. There is none in HTTP/1.1, whatever
     * the type of its body says: what gRPC says is written in frames and trailers of HTTP/2.
     */
    boolean isCall() {
        return call;
    }

    /** The listener as the table describes it; absent only where the table has none. */
    public @Nullable HttpListener listener() {
        return listener;
    }

    /** What the client may cost, as the table said when the request began. */
    ClientLimits limits() {
        return listener == null
                ? ClientLimits.DEFAULT
                : listener.clientTraffic().limitsOrDefault();
    }

    /** The request as it is forwarded. Stages always have one. */
    public RequestHead request() {
        if (request == null) {
            throw new IllegalStateException("the request did not pass the gate");
        }
        return request;
    }

    /** Whether the request passed the gate and {@link #request} may be called. */
    public boolean passedGate() {
        return request != null;
    }

    /** The client's address: the peer's, or the one a trusted peer named. */
    public InetAddress clientAddress() {
        return clientAddress;
    }

    /** The client's address as headers and the log show it. */
    public String clientText() {
        return clientAddress.equals(client.peer().getAddress())
                ? client.peerText()
                : NetUtil.toAddressString(clientAddress);
    }

    public @Nullable String requestId() {
        return requestId;
    }

    /** The route that serves; absent where none matched. Stages always have one. */
    public @Nullable RunnableRoute route() {
        return route;
    }

    RunnableRoute requireRoute() {
        if (route == null) {
            throw new IllegalStateException("no route was matched");
        }
        return route;
    }

    /** The id of the upstream; absent where none was asked. */
    public @Nullable String upstream() {
        return upstream;
    }

    /** The endpoint that was asked last. */
    public @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** Adds a header to the answer, whoever gives it. */
    public void answerWith(CharSequence name, Object value) {
        if (answerHeaders == null) {
            answerHeaders = new DefaultHttpHeaders();
        }
        answerHeaders.add(name, value);
    }

    /** How many endpoints were asked. */
    public int attempts() {
        return attempts;
    }

    /** The status that was answered; 499 where the client was gone before. */
    public int status() {
        return status;
    }

    /** Why the data plane itself answered or cut the request; absent where an endpoint's answer went through. */
    public @Nullable String reason() {
        return reason;
    }

    /** Whether the answer was cut short. */
    public boolean cut() {
        return cut;
    }

    /** Bytes of the request's body. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Bytes of the response's body. */
    public long bytesSent() {
        return bytesSent;
    }

    /** From the request's head to the answer's end. */
    public long durationNanos() {
        return endedAt - startedAt;
    }

    /** From the request sent to the endpoint to its response's head; -1 where there was none. */
    public long upstreamNanos() {
        return upstreamHeadAt == 0 ? -1 : upstreamHeadAt - upstreamStartedAt;
    }
}
