package dev.portico.e2e.cluster.loss;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says something, hears it again, and two seconds later says the next; begins anew where it was ended as it should, whether or
 * not the last was heard before. Belongs to one event loop.
 */
final class Conversation {
    private static final long PACE_MILLIS = 2_000;

    private final Vertx vertx;
    private final Context context;
    private final String name;
    private final Function<Conversation, Future<Line>> caller;
    private final Tally tally;
    private final Promise<Void> ended = Promise.promise();
    private @Nullable Line line;
    private long timer = -1;
    private int said;
    private boolean waits;
    private boolean last;
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
                say();
                open.complete();
            } else {
                breaks("does not open: " + called.cause());
                open.fail(called.cause());
            }
        }));
        return open.future();
    }

    private void say() {
        if (line != null) {
            said++;
            waits = true;
            // Time begins with what was said: a machine that stood still for a while has not lost an answer.
            timer = vertx.setTimer(
                    Load.PATIENCE.toMillis(),
                    _ -> breaks("has not heard in " + Load.PATIENCE.toSeconds() + " s what it said, number " + said));
            line.say(Integer.toString(said));
        }
    }

    void hears(String text) {
        if (over) {
            return;
        }
        if (!waits || !text.equals(Integer.toString(said))) {
            breaks("hears " + text + ", and what it said was number " + said);
            return;
        }
        waits = false;
        vertx.cancelTimer(timer);
        if (last) {
            over();
        } else {
            timer = vertx.setTimer(PACE_MILLIS, _ -> say());
        }
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
        waits = false;
        vertx.cancelTimer(timer);
        if (over) {
            return;
        }
        if (clean) {
            tally.clean();
        } else {
            tally.broken(name + " was ended by " + how);
        }
        if (last) {
            over();
        } else {
            var _ = begin();
        }
    }

    /** Fulfilled when it has heard all that it said, or will not; nothing that happens to it counts any more. */
    Future<Void> end() {
        context.runOnContext(_ -> {
            last = true;
            if (line != null && !waits) {
                over();
            }
        });
        return ended.future();
    }

    private void breaks(String how) {
        tally.broken(name + " " + how);
        over();
    }

    private void over() {
        over = true;
        vertx.cancelTimer(timer);
        if (line != null) {
            line.hangUp();
        }
        ended.tryComplete();
    }
}
