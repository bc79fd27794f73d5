package dev.portico.operator.compile;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import java.util.Set;
import java.util.function.Function;

/** Compiles one world after the other and remembers what did not change. For one thread at a time. */
public final class Compiler {
    private final CompileOptions options;
    private Memory memory;

    public Compiler(CompileOptions options) {
        this.options = options;
        this.memory = new Memory(options);
    }

    public Compiled compile(ClusterState now) {
        return remembering(known -> known.compile(now));
    }

    /**
     * The lane of the endpoints: {@code before}, with the endpoints of those Services whose EndpointSlices changed since
     * the last world that was compiled or went through here. For changes of slices alone, which need no compile.
     */
    public Compiled endpoints(Compiled before, ClusterState now) {
        return remembering(known -> known.endpoints(before, now));
    }

    /** The Secrets that were named in the world that was compiled last, be they there or not. */
    public Set<ObjectRef> secrets() {
        return memory.secrets();
    }

    /** What failed half way, which is a mistake of ours, is not to be trusted afterwards. */
    private Compiled remembering(Function<Memory, Compiled> run) {
        try {
            return run.apply(memory);
        } catch (RuntimeException e) {
            memory = new Memory(options);
            throw e;
        }
    }
}
