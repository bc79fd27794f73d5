package dev.portico.proxy.admin;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether new connections should be sent here. */
public final class Readiness {
    private final Supplier<@Nullable String> obstacle;
    private volatile boolean draining;

    /** Of what stands in the way, if anything does. */
    public Readiness(Supplier<@Nullable String> obstacle) {
        this.obstacle = obstacle;
    }

    /** From now on never again. */
    public void drain() {
        draining = true;
    }

    /** Why not; null: ready. */
    @Nullable
    String obstacle() {
        return draining ? "draining" : obstacle.get();
    }
}
