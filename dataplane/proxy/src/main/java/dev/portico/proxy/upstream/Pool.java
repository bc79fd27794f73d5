package dev.portico.proxy.upstream;

import dev.portico.proxy.frames.Limits;
import dev.portico.proxy.loop.Timed;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HttpVersion;
import io.netty.channel.Channel;
import io.netty.handler.codec.CodecException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's connections to one endpoint, the last used first, and the attempts that wait for one. */
final class Pool extends Timed {
    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
    private static final long TELL_NANOS = Duration.ofSeconds(10).toNanos();
    /** How long what is slow may hold what others wait for, and which body is slow, in bytes per second. */
    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int SLOW_RATE = 500;

    private final Upstreams upstreams;
    private final Destination destination;
    private final ArrayDeque<Connection> withRoom = new ArrayDeque<>();
    private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
    /** The connection that is being made, as long as another attempt may begin on it. */
    private @Nullable Dial dial;
    /** How many attempts a new connection will carry, judging by the last one. */
    private int expectedRoom;

    private int open;
    /** How many made way since the last look: a place is free a moment after it was given up. */
    private int madeWay;

    private long toldAt = System.nanoTime() - TELL_NANOS;

    Pool(Upstreams upstreams, Destination destination) {
        this.upstreams = upstreams;
        this.destination = destination;
        this.expectedRoom = destination.hop().protocol() == HttpVersion.HTTP1 ? 1 : Limits.STREAMS;
    }

    /** What is connected to, and in which way. */
    record Destination(Endpoint endpoint, Hop hop) {}

    Destination destination() {
        return destination;
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
        } else if (dial != null) {
            join(dial, attempt);
        } else if (mayDial()) {
            dial(attempt);
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

    /** Whether a body of which so much came so far must make way, as it keeps an endpoint waiting for which others wait. */
    boolean mustMakeWay(long bytes, long lastedNanos) {
        return bytes < lastedNanos / 1e9 * SLOW_RATE && mustMakeWay(lastedNanos);
    }

    /** Whether what stands still must make way. No more of them than there are who wait. */
    boolean mustMakeWay(long lastedNanos) {
        if (lastedNanos <= SLOW_NANOS || madeWay >= waiting.size()) {
            return false;
        }
        madeWay++;
        return true;
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

    /** A lost connection is the endpoint's affair; what else ends one is an error of ours. */
    void tell(Throwable cause) {
        if (cause instanceof RuntimeException && !(cause instanceof CodecException)) {
            LOG.error("a connection to {} ends by an error of ours", destination.endpoint(), cause);
        }
    }

    boolean offers(Connection connection) {
        return withRoom.contains(connection);
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

    /** Gives up a connection that carries nothing, the one that was used least lately; false where there is none. */
    boolean closeIdle() {
        long now = System.nanoTime();
        for (Connection connection : withRoom) {
            if (connection.isIdleSince(now)) {
                withRoom.remove(connection);
                connection.close();
                return true;
            }
        }
        return false;
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
        dialWaiting();
    }

    private void dialWaiting() {
        if (!waiting.isEmpty() && mayDial()) {
            Attempt next = nextWaiting();
            if (next != null) {
                dial(next);
            }
        }
    }

    private boolean mayDial() {
        return open < upstreams.limits().connections() && upstreams.makesRoom();
    }

    private @Nullable Attempt nextWaiting() {
        Attempt next = waiting.poll();
        if (next != null) {
            upstreams.leases().waiting(-1);
        }
        return next;
    }

    private void dial(Attempt attempt) {
        open++;
        upstreams.leases().open(1);
        var fresh = new Dial(this, destination.hop());
        join(fresh, attempt);
        fresh.start();
    }

    private void join(Dial to, Attempt attempt) {
        to.add(attempt);
        dial = to.attempts().size() < expectedRoom ? to : null;
    }

    /**
     * Begins on a new connection what waited for it; what it has no room for is dealt with anew, but where it has room
     * for nothing at all: the next one would have none either.
     */
    void made(Dial by, Connection connection) {
        ended(by);
        if (connection.room() == 0) {
            connection.close();
            by.attempts().forEach(attempt -> attempt.fail(Failure.REFUSED));
            return;
        }
        expectedRoom = connection.room();
        for (Attempt attempt : by.attempts()) {
            if (!attempt.isOver()) {
                if (connection.room() > 0) {
                    connection.carry(attempt);
                } else {
                    attempt.connecting(false);
                    lease(attempt, false);
                }
            }
        }
        release(connection);
    }

    void failed(Dial by, Failure failure) {
        ended(by);
        gone();
        by.attempts().forEach(attempt -> attempt.fail(failure));
    }

    private void ended(Dial finished) {
        if (dial == finished) {
            dial = null;
        }
    }

    /** Says why, but not for every request: there may be thousands. */
    void refusedByTls(Throwable cause) {
        long now = System.nanoTime();
        if (now - toldAt >= TELL_NANOS) {
            toldAt = now;
            LOG.warn("no TLS with {}: {}", destination.endpoint(), String.valueOf(cause.getMessage()));
        }
    }

    /** An address of the table is a literal: nothing is looked up. */
    InetSocketAddress address() {
        Endpoint endpoint = destination.endpoint();
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
        madeWay = 0;
        closeIdleSince(now - upstreams.limits().idle().toNanos());
        if (dial == null) {
            // There may be room that those of another endpoint have left.
            dialWaiting();
        }
        if (open == 0 && waiting.isEmpty()) {
            upstreams.forget(this);
        }
    }
}
