package dev.portico.proxy.listener;

import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.telemetry.MetricSource;
import dev.portico.proxy.telemetry.MetricType;
import dev.portico.routetable.ClientLimits;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in while there is room for them. Whoever is beyond a limit of its listener is closed as it arrives.
 * Beyond the room that the process has, and where memory is short, nothing is accepted, and clients wait in the kernel's
 * queues until there is room again.
 */
final class Admission implements MetricSource {
    private final int room;
    private final Memory memory;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Long, Integer> byClient = new ConcurrentHashMap<>();
    private final Map<Refused, LongAdder> refused = new ConcurrentHashMap<>();
    private final Set<Channel> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean paused;

    private record Refused(String listener, ConnectionLimit limit) {}

    /** @param room how many connections of clients the process has file descriptors for */
    Admission(int room, Memory memory) {
        this.room = room;
        this.memory = memory;
    }

    /** A socket accepts. */
    void opened(Channel socket) {
        sockets.add(socket);
        socket.config().setAutoRead(!paused);
    }

    void closed(Channel socket) {
        sockets.remove(socket);
    }

    /** Whether a client that was accepted may stay; from then on it counts until it is closed. */
    boolean admits(Channel client, Served served) {
        if (!(client.remoteAddress() instanceof InetSocketAddress peer)) {
            return false; // gone again already
        }
        long address = network(peer.getAddress());
        ConnectionLimit reached = enter(address, served.limits().connections());
        if (reached != null) {
            refused.computeIfAbsent(new Refused(served.listener().id(), reached), _ -> new LongAdder())
                    .increment();
            return false;
        }
        client.closeFuture().addListener(_ -> leave(address));
        if (isFull()) {
            review();
        }
        return true;
    }

    private @Nullable ConnectionLimit enter(long address, ClientLimits.Connections limits) {
        if (open.incrementAndGet() > limits.max()) {
            open.decrementAndGet();
            return ConnectionLimit.MAX_CONNECTIONS;
        }
        int ofClient = byClient.merge(address, 1, Integer::sum);
        if (limits.maxPerIp() > 0 && ofClient > limits.maxPerIp()) {
            leave(address);
            return ConnectionLimit.MAX_CONNECTIONS_PER_IP;
        }
        return null;
    }

    private void leave(long address) {
        byClient.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        if (open.decrementAndGet() == room - room / 8 - 1) {
            review();
        }
    }

    /**
     * Accepts again or no more. Asked ten times a second, and when an eighth of a full process has left: not with every
     * client, or a process at its bounds would do little else.
     */
    void review() {
        paused = isFull() || memory.stops();
        sockets.forEach(socket -> socket.config().setAutoRead(!paused));
    }

    private boolean isFull() {
        return open.get() >= room;
    }

    /** An IPv6 client has 64 bits to choose from, so what comes before them is the client. */
    static long network(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        return bytes.length == Integer.BYTES ? Integer.toUnsignedLong(bits.getInt()) : bits.getLong();
    }

    @Override
    public void write(Exposition out) {
        var counts = new TreeMap<String, Map<String, Long>>();
        refused.forEach((what, count) -> counts.computeIfAbsent(what.listener(), _ -> new TreeMap<>())
                .put(what.limit().word(), count.sum()));
        String name = "portico_connections_refused_total";
        out.metric(name, MetricType.COUNTER, "Connections that were closed as they arrived, by limit.");
        counts.forEach((listener, byLimit) ->
                byLimit.forEach((limit, count) -> out.sample(name, count, "listener", listener, "limit", limit)));
        out.single(
                "portico_connections_room",
                MetricType.GAUGE,
                "Connections of clients that there are file descriptors for.",
                room);
        String pauses = "portico_accept_paused";
        out.metric(pauses, MetricType.GAUGE, "1 while no connections are accepted, by what there is too little of.");
        out.sample(pauses, isFull() ? 1L : 0L, "lack", "file_descriptors");
        out.sample(pauses, memory.stops() ? 1L : 0L, "lack", "memory");
    }
}
