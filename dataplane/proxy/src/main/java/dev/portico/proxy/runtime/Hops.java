package dev.portico.proxy.runtime;

import dev.portico.proxy.upstream.Hop;
import dev.portico.routetable.Upstream;
import org.jspecify.annotations.Nullable;

/** Makes what is spoken to the endpoints of an upstream. */
@FunctionalInterface
public interface Hops {
    /** Null: what the upstream declares cannot be carried out, and nothing else may be spoken instead. */
    @Nullable
    Hop of(Upstream upstream);
}
