package dev.portico.operator.provision;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Why data planes are not as they should be, in the API server's words. */
final class Refusals {
    private final Map<String, String> byDataPlane = new ConcurrentHashMap<>();
    private final Runnable onChange;

    Refusals(Runnable onChange) {
        this.onChange = onChange;
    }

    Map<String, String> all() {
        return Map.copyOf(byDataPlane);
    }

    /** @param why empty: everything is as it should be */
    void tell(String dataPlane, String why) {
        var before = why.isEmpty() ? byDataPlane.remove(dataPlane) : byDataPlane.put(dataPlane, why);
        if (!why.equals(before == null ? "" : before)) {
            onChange.run();
        }
    }

    /** Of others there is nothing more to be told. */
    void keep(Set<String> dataPlanes) {
        byDataPlane.keySet().retainAll(dataPlanes);
    }
}
