package dev.portico.e2e.cluster.loss;

/** Each replica of the operator is replaced; what changes afterwards is served. */
record OperatorRestarted() implements Event {
    @Override
    public String name() {
        return "restart of the operator";
    }

    @Override
    public void happen(Scene scene) {
        scene.operator().restart();
        scene.change().awaitServed(Scene.PATIENCE);
    }
}
