package dev.portico.e2e.cluster.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.install.Command;
import java.io.IOException;
import java.time.Duration;

/**
 * The API server is away for two minutes. A proxy whose container is killed meanwhile serves what it served; what changes as
 * soon as the server is back is served soon, by operators that never ended.
 */
record ApiServerStopped() implements Event {
    private static final Duration AWAY = Duration.ofMinutes(2);
    private static final Duration CAUGHT_UP = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "API server stopped for 2 minutes";
    }

    @Override
    public void happen(Scene scene) throws IOException, InterruptedException {
        long until = System.nanoTime() + AWAY.toNanos();
        var operators = scene.operator().restarts();
        String container = scene.aside().container();
        Command.output("stop", "apiserver");
        try {
            Command.output("kill", container);
            scene.awaitAside();
            Thread.sleep(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        } finally {
            Command.output("start", "apiserver");
        }
        scene.change().awaitServed(CAUGHT_UP);
        assertThat(scene.operator().restarts()).as("restarts of operators").isEqualTo(operators);
        scene.aside().awaitOtherContainerThan(container);
    }
}
