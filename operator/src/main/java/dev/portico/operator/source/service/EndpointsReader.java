package dev.portico.operator.source.service;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.ServiceDeclaration;
import dev.portico.routetable.Endpoints.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the endpoints of a Service's port out of all its slices. */
public final class EndpointsReader {
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::address).thenComparingInt(Endpoint::port);

    private final Addresses addresses;

    public EndpointsReader(boolean allowLoopback) {
        this.addresses = new Addresses(allowLoopback);
    }

    /** The ready ones; where none is, those that still serve while they terminate. */
    public Reading read(ServiceDeclaration.Port port, Collection<EndpointSlice> slices) {
        var ready = new TreeSet<>(ORDER);
        var serving = new TreeSet<>(ORDER);
        var problems = new ArrayList<Problem>();
        for (EndpointSlice slice : slices) {
            var number = number(port, slice);
            if (number == null || slice.getEndpoints() == null) {
                continue;
            }
            if (number < 1 || number > 65535) {
                problems.add(new Problem(
                        ObjectRef.of(slice), "ports", "Invalid", "port is " + number + ", expected 1 to 65535"));
            } else {
                read(slice, number, ready, serving, problems);
            }
        }
        return new Reading(List.copyOf(ready.isEmpty() ? serving : ready), problems);
    }

    private void read(
            EndpointSlice slice,
            int port,
            Collection<Endpoint> ready,
            Collection<Endpoint> serving,
            List<Problem> problems) {
        var index = -1;
        for (io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint : slice.getEndpoints()) {
            index++;
            var bucket = isReady(endpoint.getConditions())
                    ? ready
                    : isServingItsLast(endpoint.getConditions()) ? serving : null;
            if (bucket == null || endpoint.getAddresses() == null) {
                continue;
            }
            for (String address : endpoint.getAddresses()) {
                var refusal = addresses.refusal(address);
                if (refusal == null) {
                    bucket.add(new Endpoint(address, port));
                } else {
                    problems.add(new Problem(
                            ObjectRef.of(slice), "endpoints[" + index + "].addresses", "RefusedAddress", refusal));
                }
            }
        }
    }

    /** The slice's own number for the port: pods of one Service may name different ones. */
    private static @Nullable Integer number(ServiceDeclaration.Port port, EndpointSlice slice) {
        if (slice.getPorts() == null) {
            return null;
        }
        for (var candidate : slice.getPorts()) {
            var name = candidate.getName() == null ? "" : candidate.getName();
            if (name.equals(port.name())) {
                return candidate.getPort() == null ? port.target() : candidate.getPort();
            }
        }
        return null;
    }

    private static boolean isReady(@Nullable EndpointConditions conditions) {
        return conditions == null || conditions.getReady() == null || conditions.getReady();
    }

    private static boolean isServingItsLast(@Nullable EndpointConditions conditions) {
        return conditions != null
                && Boolean.TRUE.equals(conditions.getServing())
                && Boolean.TRUE.equals(conditions.getTerminating());
    }

    /** What was read. */
    public record Reading(List<Endpoint> endpoints, List<Problem> problems) {
        public Reading {
            endpoints = List.copyOf(endpoints);
            problems = List.copyOf(problems);
        }
    }
}
