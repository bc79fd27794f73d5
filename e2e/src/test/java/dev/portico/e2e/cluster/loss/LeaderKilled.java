package dev.portico.e2e.cluster.loss;

import java.io.IOException;
import java.time.Duration;

/** The operator that leads is ended by SIGKILL; what changes meanwhile is served once another one leads. */
record LeaderKilled() implements Event {
    /** 15 s from its last renewal, which is seen 2 s later at most, as is that nothing followed; then pods are found and told. */
    private static final Duration FOLLOWED = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "leader of the operators killed";
    }

    @Override
    public void happen(Scene scene) throws IOException {
        scene.operator().kill(scene.leader());
        scene.change().awaitServed(FOLLOWED);
    }
}
