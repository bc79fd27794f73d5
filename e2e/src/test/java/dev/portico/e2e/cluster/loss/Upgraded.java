package dev.portico.e2e.cluster.loss;

import java.io.IOException;

/** CRDs, chart and images become those of this tree. */
record Upgraded() implements Event {
    @Override
    public String name() {
        return "upgrade from the previous commit";
    }

    @Override
    public boolean endsProxies() {
        return true;
    }

    @Override
    public void happen(Scene scene) throws IOException {
        scene.upgrade(Build.HERE, Build.HERE, Build.HERE);
        scene.change().awaitServed(Scene.PATIENCE);
    }
}
