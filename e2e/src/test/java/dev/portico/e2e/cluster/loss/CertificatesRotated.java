package dev.portico.e2e.cluster.loss;

import java.time.Duration;

/** Another certificate each second for a minute, each of which is served. */
record CertificatesRotated() implements Event {
    private static final int TIMES = 60;

    @Override
    public String name() {
        return "certificate rotated each second for a minute";
    }

    @Override
    public void happen(Scene scene) throws InterruptedException {
        long begin = System.nanoTime();
        for (int i = 1; i <= TIMES; i++) {
            scene.rotateCertificate().awaitServed(Scene.PATIENCE);
            long next = begin + i * 1_000_000_000L;
            Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
    }
}
