package dev.portico.e2e.cluster.loss;

import java.time.Duration;

/** Nobody leads by the Lease that is gone; what changes is served soon. */
record LeaseDeleted() implements Event {
    private static final Duration RESUMED = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "Lease deleted";
    }

    @Override
    public void happen(Scene scene) {
        scene.deleteLease();
        scene.change().awaitServed(RESUMED);
    }
}
