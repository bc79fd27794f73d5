package dev.portico.proxy.balance;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.routetable.Endpoints.Endpoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Each endpoint in turn, over all event loops together. */
record InTurn(List<Endpoint> endpoints, AtomicInteger turn) implements EndpointChoice {
    @Override
    public @Nullable Endpoint next() {
        int size = endpoints.size();
        return size == 0 ? null : endpoints.get(Integer.remainderUnsigned(turn.getAndIncrement(), size));
    }

    @Override
    public int size() {
        return endpoints.size();
    }
}
