package dev.portico.operator.compile;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import java.util.Collection;

/** Compiles one world after the other and remembers what did not change. For one thread at a time. */
public final class Compiler {
    @SuppressWarnings("UnusedVariable") // the passes that follow read it
    private final CompileOptions options;

    public Compiler(CompileOptions options) {
        this.options = options;
    }

    public Compiled compile(ClusterState world) {
        return Compiled.NOTHING;
    }

    /**
     * The lane of the endpoints: {@code before}, with the endpoints of some Services as the world has them now. For
     * changes of EndpointSlices alone, which need no compile.
     */
    public Compiled endpoints(Compiled before, ClusterState world, Collection<ObjectRef> services) {
        return before;
    }
}
