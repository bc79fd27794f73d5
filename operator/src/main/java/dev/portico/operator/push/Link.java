package dev.portico.operator.push;

import dev.portico.operator.compile.Table;
import dev.portico.wire.Answer;
import dev.portico.wire.Answer.Ack;
import dev.portico.wire.Answer.Nack;
import dev.portico.wire.Push;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one replica: fetches the newest target, sends what the replica lacks, keeps what it said.
 *
 * <p>A table that the replica cannot read is not sent again until something but endpoints changes in it; meanwhile the
 * table that it serves gets the new endpoints, also where another process pushed that table.
 */
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final Channel.Opener opener;
    private final LongConsumer onTerm;
    private final Runnable onChange;
    private final Mailbox mailbox = new Mailbox();
    private final Backoff backoff = new Backoff();
    private final Thread thread;
    private volatile Replica replica;
    private volatile LinkState state;

    // The rest is the thread's own.
    private @Nullable Channel channel;
    private @Nullable Table served;
    private @Nullable Held held;
    private long servedTerm;
    private @Nullable Table refused;

    private Link(Replica replica, Channel.Opener opener, LongConsumer onTerm, Runnable onChange) {
        this.replica = replica;
        this.opener = opener;
        this.onTerm = onTerm;
        this.onChange = onChange;
        this.state = LinkState.unknown(replica);
        this.thread = Thread.ofVirtual().name("push " + replica.name()).unstarted(this::run);
    }

    static Link start(Replica replica, Channel.Opener opener, LongConsumer onTerm, Runnable onChange) {
        var link = new Link(replica, opener, onTerm, onChange);
        link.thread.start();
        return link;
    }

    Replica replica() {
        return replica;
    }

    /** The same pod at the same address; only whether it is ready may differ. */
    void replica(Replica now) {
        replica = now;
    }

    LinkState state() {
        var now = state;
        return new LinkState(replica, now.version(), now.ack(), now.refusal(), now.trouble());
    }

    void offer(@Nullable Target target) {
        mailbox.offer(target);
    }

    void close() {
        mailbox.close();
        thread.interrupt();
    }

    private void run() {
        try {
            for (var next = mailbox.take(); next.isPresent(); next = mailbox.take()) {
                deliver(next.get());
            }
        } catch (InterruptedException e) {
            LOG.debug("no more pushes to {}", replica.name());
        } finally {
            disconnect();
        }
    }

    private void deliver(Target target) throws InterruptedException {
        try {
            connect(target);
            send(target);
            backoff.reset();
        } catch (IOException e) {
            retry(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a push to {} failed in the operator itself", replica.name(), e);
            retry("an error of the operator: " + e);
        }
    }

    private void retry(String why) throws InterruptedException {
        disconnect();
        trouble(why);
        mailbox.retryAfter(backoff.next());
    }

    private void connect(Target target) throws IOException, InterruptedException {
        if (channel != null && channel.isOpen()) {
            return;
        }
        disconnect();
        // A pod that comes back may have lost its table: whoever hangs up is asked what he has.
        channel = opener.open(replica, mailbox::again);
        var answer = channel.state();
        if (served == null || !served.root().toString().equals(answer.root())) {
            // A leader before us may have sent the very table that we have.
            served = target.table().root().toString().equals(answer.root()) ? target.table() : null;
        }
        held = null;
        servedTerm = 0;
        LOG.info("connected to {}: version {} of term {}", replica.name(), answer.version(), answer.term());
    }

    private void send(Target target) throws IOException, InterruptedException {
        if (!stillRefused(target.table())) {
            var answer = push(target, target.table());
            switch (answer) {
                case Ack ack -> accepted(target, ack);
                case Nack nack -> refused(target, nack);
            }
        }
        if (stillRefused(target.table())) {
            sendEndpoints(target);
        }
    }

    private void accepted(Target target, Ack ack) {
        refused = null;
        become(new LinkState(replica, target.version(), ack, null, null));
    }

    private void refused(Target target, Nack nack) throws IOException {
        switch (nack.reason()) {
            case UNKNOWN_WORD, MALFORMED, FAILED -> {
                LOG.warn(
                        "{} refuses version {}: {}: {}",
                        replica.name(),
                        target.version(),
                        nack.reason(),
                        nack.message());
                refused = target.table();
                become(new LinkState(replica, state.version(), state.ack(), nack, null));
            }
            case OLDER_TERM -> throw replaced(target, nack);
            case BROKEN_HASH, MISSING_BASE, WRONG_DATA_PLANE ->
                throw new IOException(nack.reason() + ": " + nack.message());
        }
    }

    private IOException replaced(Target target, Nack nack) {
        onTerm.accept(nack.term());
        return new IOException("has seen term " + nack.term() + ", ours is " + target.term());
    }

    private boolean stillRefused(Table table) {
        return refused != null && refused.sameButEndpoints(table);
    }

    private void sendEndpoints(Target target) throws IOException, InterruptedException {
        if (served == null) {
            sendEndpointsToHeld(target);
            return;
        }
        var mixed = served.withEndpointsOf(target.table());
        if (mixed.root().equals(served.root()) && servedTerm == target.term()) {
            return;
        }
        if (push(target, mixed) instanceof Nack nack) {
            if (nack.reason() == Answer.Reason.OLDER_TERM) {
                throw replaced(target, nack);
            }
            throw new IOException("refuses endpoints: " + nack.reason() + ": " + nack.message());
        }
    }

    /** Where what it serves was pushed by another process. */
    private void sendEndpointsToHeld(Target target) throws IOException, InterruptedException {
        var base = held == null ? open().held() : held;
        var mixed = base.withEndpointsOf(target.table());
        var changed = mixed.since(base);
        held = base;
        if (changed.isEmpty()) {
            return;
        }
        var push = new Push(
                replica.dataPlane(),
                target.term(),
                target.version(),
                base.root().toString(),
                mixed.root().toString(),
                changed,
                List.of());
        switch (open().push(push)) {
            case Ack _ -> held = mixed;
            case Nack nack -> endpointsRefused(target, nack);
        }
    }

    private void endpointsRefused(Target target, Nack nack) throws IOException {
        switch (nack.reason()) {
            case OLDER_TERM -> throw replaced(target, nack);
            case MISSING_BASE -> throw new IOException("another process pushed to it meanwhile");
            // It serves what it served, and is asked again with the next change of endpoints.
            case UNKNOWN_WORD, BROKEN_HASH, WRONG_DATA_PLANE, MALFORMED, FAILED ->
                LOG.warn("{} refuses endpoints: {}: {}", replica.name(), nack.reason(), nack.message());
        }
    }

    /** Sends the difference, or the whole where the replica has not what it stands on. */
    private Answer push(Target target, Table table) throws IOException, InterruptedException {
        var answer = pushSince(target, served, table);
        if (served != null && answer instanceof Nack nack && needsAll(nack.reason())) {
            answer = pushSince(target, null, table);
        }
        if (answer instanceof Ack ack) {
            if (!ack.root().equals(table.root().toString())) {
                throw new IOException("serves root " + ack.root() + ", expected " + table.root());
            }
            served = table;
            held = null;
            servedTerm = target.term();
        }
        return answer;
    }

    private static boolean needsAll(Answer.Reason reason) {
        return switch (reason) {
            case MISSING_BASE, BROKEN_HASH -> true;
            case UNKNOWN_WORD, OLDER_TERM, WRONG_DATA_PLANE, MALFORMED, FAILED -> false;
        };
    }

    private Answer pushSince(Target target, @Nullable Table base, Table table)
            throws IOException, InterruptedException {
        var delta = table.since(base == null ? Table.EMPTY : base);
        var push = new Push(
                replica.dataPlane(),
                target.term(),
                target.version(),
                base == null ? null : base.root().toString(),
                table.root().toString(),
                delta.put(),
                delta.remove());
        return open().push(push);
    }

    private Channel open() throws IOException {
        if (channel == null) {
            throw new IOException("not connected");
        }
        return channel;
    }

    private void trouble(String why) {
        var before = state;
        if (!why.equals(before.trouble())) {
            LOG.warn("no push to {}: {}", replica.name(), why);
            become(new LinkState(replica, before.version(), before.ack(), before.refusal(), why));
        }
    }

    private void become(LinkState next) {
        state = next;
        onChange.run();
    }

    private void disconnect() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
