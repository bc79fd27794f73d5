package dev.portico.e2e.cluster.loss;

import java.io.IOException;

/**
 * Operators and proxies become those of a build with one word more, one after the other, and together what they were. A
 * table with the word is served once both know it; proxies that do not know it serve what they served, at the endpoints
 * that there are.
 */
record VersionsSkewed(Build more, First first) implements Event {
    /** Who knows the word while the others do not. */
    enum First {
        OPERATORS,
        PROXIES
    }

    @Override
    public String name() {
        return switch (first) {
            case OPERATORS -> "one word more: operators first, and back";
            case PROXIES -> "one word more: proxies first, and back";
        };
    }

    @Override
    public boolean endsProxies() {
        return true;
    }

    @Override
    public void happen(Scene scene) throws IOException {
        try {
            switch (first) {
                case OPERATORS -> {
                    scene.upgrade(more, more, Build.HERE);
                    scene.change().awaitServed(Scene.PATIENCE);
                    Change word = scene.useWord();
                    scene.awaitUnknownWord();
                    scene.web().restart();
                    scene.upgrade(more, more, more);
                    word.awaitServed(Scene.PATIENCE);
                }
                case PROXIES -> {
                    scene.upgrade(more, Build.HERE, more);
                    scene.change().awaitServed(Scene.PATIENCE);
                    scene.upgrade(more, more, more);
                    scene.useWord().awaitServed(Scene.PATIENCE);
                }
            }
        } finally {
            scene.useNoWord();
            scene.upgrade(Build.HERE, Build.HERE, Build.HERE);
        }
        scene.change().awaitServed(Scene.PATIENCE);
    }
}
