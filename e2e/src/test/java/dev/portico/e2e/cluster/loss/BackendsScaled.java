package dev.portico.e2e.cluster.loss;

/** The backend shrinks to one pod, grows to five and shrinks again. */
record BackendsScaled() implements Event {
    @Override
    public String name() {
        return "backends 1 → 5 → 1";
    }

    @Override
    public void happen(Scene scene) {
        scene.web().scale(1);
        scene.web().scale(5);
        scene.web().scale(1);
        scene.web().scale(2);
    }
}
