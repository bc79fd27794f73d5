package dev.portico.e2e.cluster.loss;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * What was written to the API server just now.
 *
 * @param name of what was changed
 * @param number that it has now
 * @param served the number that clients see
 */
record Change(String name, int number, Callable<Integer> served) {
    private static final Duration POLL = Duration.ofMillis(10);

    void awaitServed(Duration atMost) {
        Awaitility.await(name + " " + number + " is served")
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .atMost(atMost)
                .ignoreExceptions()
                .until(() -> served.call() == number);
    }
}
