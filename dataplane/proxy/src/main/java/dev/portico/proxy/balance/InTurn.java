package dev.portico.proxy.balance;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.routetable.Endpoints.Endpoint;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Each endpoint in turn, over all event loops together. */
record InTurn(List<Endpoint> endpoints, AtomicInteger turn) implements EndpointChoice {
    @Override
    public @Nullable Endpoint next(Collection<Endpoint> except) {
        int size = endpoints.size();
        int first = turn.getAndIncrement();
        for (int i = 0; i < size; i++) {
            Endpoint endpoint = endpoints.get(Integer.remainderUnsigned(first + i, size));
            if (!except.contains(endpoint)) {
                return endpoint;
            }
        }
        return null;
    }

    @Override
    public int size() {
        return endpoints.size();
    }
}
