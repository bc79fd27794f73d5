package dev.portico.e2e;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.check.Checked;
import dev.portico.crds.check.Finding;
import dev.portico.crds.check.OfflineChecker;
import dev.portico.e2e.cases.Addresses;
import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Tree;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.source.secret.CertificateReader;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What the operator would see of a case, if all of it had been applied at once. */
final class Worlds {
    /** Long before the cases' certificates end, long after that of the expired one. */
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private final OfflineChecker checker = OfflineChecker.portico();
    private final PorticoKinds portico = new PorticoKinds();
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();

    Checked check(Tree object) {
        return checker.check(object.map());
    }

    ClusterState of(Case one) throws IOException {
        ClusterState world = ClusterState.empty(NOW);
        for (Tree object : one.objects()) {
            Checked checked = check(object);
            if (!checked.accepted()) {
                throw new IllegalArgumentException(one + ": " + object.get("metadata") + " "
                        + checked.findings().stream().map(Finding::message).toList());
            }
            world = with(world, checked.object());
        }
        for (Map<String, Object> slice :
                Addresses.of(one.objects(), one.backends()).slices()) {
            world = with(world, slice);
        }
        return world;
    }

    private ClusterState with(ClusterState world, Map<String, Object> object) {
        HasMetadata decoded = decode(created(object));
        return decoded instanceof Secret secret
                ? world.with(CertificateReader.remember(null, secret))
                : world.with(decoded);
    }

    private HasMetadata decode(Map<String, Object> object) {
        return switch (object.get("apiVersion") + "/" + object.get("kind")) {
            case "portico.dev/v1alpha1/Gateway" -> portico.gateway(object);
            case "portico.dev/v1alpha1/RateLimit" -> portico.rateLimit(object);
            case "portico.dev/v1alpha1/BackendPolicy" -> portico.backendPolicy(object);
            default ->
                kubernetes.unmarshal(
                        kubernetes.asJson(kubernetes.convertValue(object, GenericKubernetesResource.class)));
        };
    }

    /** As an API server completes it: all of one age, in their first generation. */
    private static Map<String, Object> created(Map<String, Object> object) {
        var metadata = new HashMap<>(new Tree(object).tree("metadata").map());
        metadata.put("uid", object.get("kind") + "-" + metadata.get("namespace") + "-" + metadata.get("name"));
        metadata.put("resourceVersion", "1");
        metadata.put("generation", 1);
        metadata.put("creationTimestamp", "2026-01-01T00:00:00Z");
        var copy = new HashMap<>(object);
        copy.put("metadata", metadata);
        return copy;
    }
}
