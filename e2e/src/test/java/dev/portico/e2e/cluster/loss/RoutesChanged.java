package dev.portico.e2e.cluster.loss;

/** One change of a route after the other, each of which is served. */
record RoutesChanged() implements Event {
    private static final int TIMES = 500;

    @Override
    public String name() {
        return "500 changes of routes";
    }

    @Override
    public void happen(Scene scene) {
        for (int i = 0; i < TIMES; i++) {
            scene.change().awaitServed(Scene.PATIENCE);
        }
    }
}
