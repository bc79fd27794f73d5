package dev.portico.e2e.cluster.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Changes routes at a steady rate, an Ingress's and the Gateway's own in turn, and measures when each is served. */
final class Changes {
    static final Duration INTERVAL = Duration.ofMillis(100);

    private final Shops shops;
    private final Poller poller;
    private int made;

    Changes(Shops shops, Poller poller) {
        this.shops = shops;
        this.poller = poller;
    }

    /**
     * What changes took.
     *
     * @param written from asking the API server to its answer
     * @param served from asking the API server to the first answer 200 of the Gateway
     */
    record Took(Times written, Times served) {}

    /** So many changes. Each waits for its time, not for the one before it to be served, unless that takes longer. */
    Took make(int count) throws InterruptedException {
        var written = new ArrayList<Duration>();
        var served = new ArrayList<Duration>();
        var begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            awaitTime(begin, INTERVAL.multipliedBy(i));
            var asked = System.nanoTime();
            Change change = made % 2 == 0 ? changeIngress() : changeGateway();
            written.add(Duration.ofNanos(System.nanoTime() - asked));
            poller.awaitServed(change.host(), change.path());
            served.add(Duration.ofNanos(System.nanoTime() - asked));
        }
        return new Took(Times.of(written), Times.of(served));
    }

    /** So many changes, while so many Ingresses are applied as evenly as those. */
    Took make(int count, int meanwhile) throws InterruptedException {
        var interval = INTERVAL.multipliedBy(count).dividedBy(meanwhile);
        try (var thread = Executors.newSingleThreadExecutor()) {
            var applied = thread.submit(() -> {
                var begin = System.nanoTime();
                for (int i = 0; i < meanwhile; i++) {
                    awaitTime(begin, interval.multipliedBy(i));
                    shops.openNext();
                }
                return Duration.ofNanos(System.nanoTime() - begin);
            });
            Took took = make(count);
            applied.get();
            return took;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What is asked to see a change: what was not there before it. */
    record Change(String host, String path) {}

    Change changeIngress() {
        var change = new Change(Shops.INGRESS_HOST, next());
        shops.changeIngress(change.path());
        return change;
    }

    private Change changeGateway() {
        var change = new Change(Shops.GATEWAY_HOST, next());
        shops.changeGateway(change.path());
        return change;
    }

    private String next() {
        made++;
        return "/" + made;
    }

    private static void awaitTime(long begin, Duration offset) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, begin + offset.toNanos() - System.nanoTime())));
    }
}
