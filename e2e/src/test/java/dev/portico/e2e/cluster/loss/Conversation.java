package dev.portico.e2e.cluster.loss;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says something every two seconds, and hears it again before it says the next; begins anew where it was ended as it
 * should. Belongs to one event loop.
 */
final class Conversation {
    private static final long PACE_MILLIS = 2_000;
    /** Of the first answer, which may have to be compiled for. */
    private static final int PATIENCE = 5;

    private final Vertx vertx;
    private final Context context;
    private final String name;
    private final Function<Conversation, Future<Line>> caller;
    private final Tally tally;
    private @Nullable Line line;
    private long timer = -1;
    private int said;
    private int silent;
    private int heard;
    private boolean over;

    /** What it says is carried by this. */
    interface Line {
        void say(String text);

        void hangUp();
    }

    private Conversation(Vertx vertx, String name, Function<Conversation, Future<Line>> caller, Tally tally) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.caller = caller;
        this.tally = tally;
    }

    /**
     * @param caller opens a line of this conversation
     * @param tally is told how lines end
     */
    static Conversation of(Vertx vertx, String name, Function<Conversation, Future<Line>> caller, Tally tally) {
        return new Conversation(vertx, name, caller, tally);
    }

    /** Fulfilled when it is open. */
    Future<Void> begin() {
        Promise<Void> open = Promise.promise();
        context.runOnContext(_ -> caller.apply(this).onComplete(called -> {
            if (called.succeeded()) {
                line = called.result();
                said = 0;
                silent = 0;
                heard = 0;
                say();
                timer = vertx.setPeriodic(PACE_MILLIS, _ -> sayNext());
                open.complete();
            } else {
                tally.broken(name + " does not open: " + called.cause());
                open.fail(called.cause());
            }
        }));
        return open.future();
    }

    private void sayNext() {
        if (heard == said) {
            silent = 0;
            say();
        } else if (++silent == (heard == 0 ? PATIENCE : 1)) {
            tally.broken(name + " has not heard in time what it said, number " + said);
            over();
        }
    }

    private void say() {
        said++;
        if (line != null) {
            line.say(Integer.toString(said));
        }
    }

    void hears(String text) {
        heard = Integer.parseInt(text);
    }

    /**
     * The line is gone.
     *
     * @param clean whether the other side said so first
     */
    void ended(boolean clean, String how) {
        if (line == null) {
            return; // said already, in other words
        }
        line = null;
        vertx.cancelTimer(timer);
        if (over) {
            return;
        }
        if (clean) {
            tally.clean();
        } else {
            tally.broken(name + " was ended by " + how);
        }
        var _ = begin();
    }

    /** Fulfilled when nothing that happens to it counts any more. */
    Future<Void> end() {
        Promise<Void> ended = Promise.promise();
        context.runOnContext(_ -> {
            over();
            ended.complete();
        });
        return ended.future();
    }

    private void over() {
        over = true;
        vertx.cancelTimer(timer);
        if (line != null) {
            line.hangUp();
        }
    }
}
