package dev.portico.proxy.upstream;

import dev.portico.proxy.loop.Timed;
import dev.portico.routetable.Endpoints.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One event loop's connections to one endpoint, the last used first, and the attempts that wait for one. */
final class Pool extends Timed {
    private final Upstreams upstreams;
    private final Endpoint endpoint;
    private final ArrayDeque<Connection> withRoom = new ArrayDeque<>();
    private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
    private int open;

    Pool(Upstreams upstreams, Endpoint endpoint) {
        this.upstreams = upstreams;
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    /** Gives the attempt a connection at once, soon, or never. */
    void lease(Attempt attempt, boolean fresh) {
        if (fresh) {
            // An endpoint that went away has left all of them dead.
            closeIdleSince(System.nanoTime());
        }
        Connection connection = lastUsed();
        if (connection != null) {
            connection.carry(attempt);
        } else if (open < upstreams.limits().connections()) {
            connect(attempt);
        } else if (waiting.size() < upstreams.limits().waiting()) {
            waiting.add(attempt);
            upstreams.leases().waiting(1);
        } else {
            attempt.fail(Failure.OVERLOADED);
        }
    }

    /** Takes back an attempt that waits no longer. */
    void leave(Attempt attempt) {
        if (waiting.remove(attempt)) {
            upstreams.leases().waiting(-1);
        }
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** A connection has room again. */
    void release(Connection connection) {
        while (connection.room() > 0) {
            Attempt next = nextWaiting();
            if (next == null) {
                withRoom.addLast(connection);
                return;
            }
            connection.carry(next);
        }
    }

    void closed(Connection connection) {
        withRoom.remove(connection);
        gone();
    }

    /** One that can carry another attempt; it stays here as long as it can carry more. */
    private @Nullable Connection lastUsed() {
        Connection connection = withRoom.peekLast();
        while (connection != null && connection.room() == 0) {
            withRoom.pollLast();
            connection = withRoom.peekLast();
        }
        if (connection != null && connection.room() == 1) {
            withRoom.pollLast();
        }
        return connection;
    }

    private void closeIdleSince(long moment) {
        Iterator<Connection> each = withRoom.iterator();
        while (each.hasNext()) {
            Connection connection = each.next();
            if (connection.isIdleSince(moment)) {
                each.remove();
                connection.close();
            }
        }
    }

    /** A connection has become a tunnel: it needs no place here, and is in use until it closes. */
    void parted(Channel tunnel) {
        upstreams.leases().leased(1);
        tunnel.closeFuture().addListener(_ -> {
            upstreams.leases().leased(-1);
            upstreams.leases().open(-1);
        });
        vacated();
    }

    private void gone() {
        upstreams.leases().open(-1);
        vacated();
    }

    private void vacated() {
        open--;
        if (open < upstreams.limits().connections()) {
            Attempt next = nextWaiting();
            if (next != null) {
                connect(next);
            }
        }
    }

    private @Nullable Attempt nextWaiting() {
        Attempt next = waiting.poll();
        if (next != null) {
            upstreams.leases().waiting(-1);
        }
        return next;
    }

    private void connect(Attempt attempt) {
        open++;
        upstreams.leases().open(1);
        attempt.connecting();
        var connection = new Http1Connection(this);
        ChannelFuture connected =
                upstreams.bootstrap().handler(connection.initializer()).connect(address());
        connected.addListener(_ -> {
            if (!connected.isSuccess()) {
                boolean late = connected.cause() instanceof ConnectTimeoutException;
                gone();
                attempt.fail(late ? Failure.CONNECT_TIMEOUT : Failure.CONNECT_FAILED);
            } else if (attempt.isOver()) {
                release(connection);
            } else {
                connection.carry(attempt);
            }
        });
    }

    /** An address of the table is a literal: nothing is looked up. */
    private InetSocketAddress address() {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(endpoint.address());
        try {
            return bytes == null
                    ? InetSocketAddress.createUnresolved(endpoint.address(), endpoint.port())
                    : new InetSocketAddress(InetAddress.getByAddress(bytes), endpoint.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(endpoint + " has an address of neither 4 nor 16 bytes", e);
        }
    }

    @Override
    protected void check(long now) {
        closeIdleSince(now - upstreams.limits().idle().toNanos());
        if (open == 0 && waiting.isEmpty()) {
            upstreams.forget(this);
        }
    }
}
