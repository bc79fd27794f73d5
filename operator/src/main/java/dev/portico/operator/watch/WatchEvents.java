package dev.portico.operator.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events of one watch in their order, and how it ended. */
final class WatchEvents implements Watcher<GenericKubernetesResource> {
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final long began = System.nanoTime();
    private End end = End.OVERDUE;

    /** The next event; empty when the watch ended or the deadline passed. */
    Optional<Event> take(long deadline) throws InterruptedException {
        var step = steps.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        return switch (step) {
            case null -> Optional.empty();
            case Event event -> Optional.of(event);
            case Ended ended -> {
                end = ended.how();
                yield Optional.empty();
            }
        };
    }

    /** How it ended, once {@link #take} gave nothing. */
    End end() {
        return end;
    }

    /** Ends it although it may live, unless it is so young that it was opened a moment ago. */
    void doubt(Duration young) {
        if (System.nanoTime() - began > young.toNanos()) {
            steps.add(new Ended(End.DOUBTED));
        }
    }

    @Override
    public void eventReceived(Action action, GenericKubernetesResource object) {
        steps.add(new Event(action, object));
    }

    @Override
    public void onClose() {
        steps.add(new Ended(End.FINISHED));
    }

    @Override
    public void onClose(WatcherException cause) {
        steps.add(new Ended(cause.isHttpGone() ? End.GONE : End.CUT));
    }

    /** How a watch ends. */
    enum End {
        /** The version it began from is no longer known. */
        GONE,
        /** It lives on beyond its time. */
        OVERDUE,
        /** The connection broke, or the API server asked to come later. */
        CUT,
        /** The API server ended it, as it was asked to. */
        FINISHED,
        /** By us, because its connection may be dead. */
        DOUBTED
    }

    /** What came: an event, or the end. */
    sealed interface Step {}

    record Event(Action what, GenericKubernetesResource object) implements Step {}

    record Ended(End how) implements Step {}
}
