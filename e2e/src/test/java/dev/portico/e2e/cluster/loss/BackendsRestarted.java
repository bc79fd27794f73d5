package dev.portico.e2e.cluster.loss;

/** Each pod of the backend is replaced. */
record BackendsRestarted() implements Event {
    @Override
    public String name() {
        return "rolling restart of the backends";
    }

    @Override
    public void happen(Scene scene) {
        scene.web().restart();
    }
}
