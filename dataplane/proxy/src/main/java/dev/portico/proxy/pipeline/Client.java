package dev.portico.proxy.pipeline;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The facts of a client's connection. */
public final class Client {
    private static final String HTTP_2 = "HTTP/2.0";

    private final String listener;
    private final InetSocketAddress peer;
    private final String peerText;
    private final boolean tls;
    private final @Nullable String serverName;
    private final String protocol;
    private final boolean http2;
    private final Predicate<String> certified;

    /**
     * A client that may ask for every host.
     *
     * @param listener the id of the listener that accepted it
     * @param peer who is at the other end of the socket
     * @param tls whether this data plane terminated TLS
     * @param serverName the server name of TLS (SNI), if the client named one
     * @param protocol {@code HTTP/1.1} or {@code HTTP/2.0}, for the log
     */
    public Client(String listener, InetSocketAddress peer, boolean tls, @Nullable String serverName, String protocol) {
        this(listener, peer, tls, serverName, protocol, _ -> true);
    }

    /** @param certified whether the certificate that the client was shown answers for a host */
    public Client(
            String listener,
            InetSocketAddress peer,
            boolean tls,
            @Nullable String serverName,
            String protocol,
            Predicate<String> certified) {
        this.listener = listener;
        this.peer = peer;
        this.peerText = NetUtil.toAddressString(peer.getAddress());
        this.tls = tls;
        this.serverName = serverName;
        this.protocol = protocol;
        this.http2 = protocol.equals(HTTP_2);
        this.certified = certified;
    }

    /**
     * Whether a request for a host belongs on this connection. Not where TLS was agreed upon for another host: the
     * client took this connection for one that it is not (RFC 9110 §7.4).
     */
    boolean mayAsk(String host) {
        return !tls || host.equals(serverName) || certified.test(host);
    }

    public String listener() {
        return listener;
    }

    public InetSocketAddress peer() {
        return peer;
    }

    /** The peer's address without port, as headers and the log show it. */
    public String peerText() {
        return peerText;
    }

    public boolean tls() {
        return tls;
    }

    public @Nullable String serverName() {
        return serverName;
    }

    public String protocol() {
        return protocol;
    }

    boolean speaksHttp2() {
        return http2;
    }

    public String scheme() {
        return tls ? "https" : "http";
    }
}
