package dev.portico.operator.provision;

import dev.portico.crds.gateway.Infrastructure;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.Identity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts objects into the cluster by server-side apply, so that what others say of them stays.
 *
 * <p>Two things are said under names of their own, because what is left out of a later apply under the same name is taken
 * away: the number of pods, which is said once, and the data of the Secret.
 */
final class Applier {
    private static final String OPERATOR = "portico.dev/operator";
    private static final String SCALE = "portico.dev/operator-scale";
    private static final String IDENTITY = "portico.dev/operator-identity";
    /** On a Deployment: what its Gateway said last of the number of pods, whoever scaled since. */
    private static final String REPLICAS = "portico.dev/replicas";

    private final KubernetesClient client;
    private final Identities identities;
    private final BooleanSupplier leads;

    /** @param leads whether this process may write: another one writes under the same names */
    Applier(KubernetesClient client, Identities identities, BooleanSupplier leads) {
        this.client = client;
        this.identities = identities;
        this.leads = leads;
    }

    /** The object as it then is. */
    HasMetadata apply(HasMetadata object, DataPlane plane) throws IOException {
        return switch (object) {
            case Secret secret -> secret(secret, plane);
            case Deployment deployment -> deployment(deployment, plane);
            default -> apply(object, OPERATOR);
        };
    }

    private HasMetadata secret(Secret secret, DataPlane plane) throws IOException {
        var held = held(client.resource(secret).get());
        var current = identities.dataPlane(plane.id(), held);
        if (!current.equals(held)) {
            apply(withData(secret, current), IDENTITY);
        }
        return apply(secret, OPERATOR);
    }

    private HasMetadata deployment(Deployment deployment, DataPlane plane) throws IOException {
        var now = apply(deployment, OPERATOR);
        var before = annotation(now);
        var said = said(plane.infrastructure());
        if (said.equals(before)) {
            return now;
        }
        var asked = plane.infrastructure().replicas();
        if (before == null) {
            // Whoever took the annotation away did not mean the pods.
            return apply(
                    isScaled(now) ? recorded(now, said) : scaled(deployment, said, Children.replicas(plane)), SCALE);
        }
        return apply(asked == null ? recorded(now, said) : scaled(deployment, said, asked), SCALE);
    }

    private static String said(Infrastructure infrastructure) {
        if (infrastructure.autoscaling() != null) {
            return "by load";
        }
        var replicas = infrastructure.replicas();
        return replicas == null ? "any" : replicas.toString();
    }

    private <T extends HasMetadata> T apply(T object, String manager) throws IOException {
        askLead();
        return client.resource(object).fieldManager(manager).forceConflicts().serverSideApply();
    }

    void delete(HasMetadata object) throws IOException {
        askLead();
        client.resource(object).delete();
    }

    private void askLead() throws IOException {
        if (!leads.getAsBoolean()) {
            throw new IOException("this process does not lead any more");
        }
    }

    /** Whether anybody has said a number of pods: one by default has no manager. */
    private static boolean isScaled(Deployment deployment) {
        return deployment.getMetadata().getManagedFields().stream()
                .map(ManagedFieldsEntry::getFieldsV1)
                .filter(Objects::nonNull)
                .anyMatch(fields -> fields.getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                        && spec.containsKey("f:replicas"));
    }

    private static @Nullable String annotation(HasMetadata deployment) {
        var annotations = deployment.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(REPLICAS);
    }

    /** The number stays what it is; whoever scales in this moment wins, as the version is then another. */
    private static Deployment recorded(Deployment now, String said) {
        return scaled(now, said, now.getSpec().getReplicas())
                .edit()
                .editMetadata()
                .withResourceVersion(now.getMetadata().getResourceVersion())
                .endMetadata()
                .build();
    }

    private static Deployment scaled(Deployment deployment, String said, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName())
                .addToAnnotations(REPLICAS, said)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    private static @Nullable Identity held(@Nullable Secret secret) {
        if (secret == null || secret.getData() == null) {
            return null;
        }
        var files = new HashMap<String, String>();
        secret.getData().forEach((name, base64) -> files.put(name, text(base64)));
        return Identity.of(files).orElse(null);
    }

    private static Secret withData(Secret secret, Identity identity) {
        var data = new HashMap<String, String>();
        identity.files().forEach((name, pem) -> data.put(name, base64(pem)));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(secret.getMetadata().getNamespace())
                .withName(secret.getMetadata().getName())
                .endMetadata()
                .withType(secret.getType())
                .withData(data)
                .build();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    // The API server takes nothing else for data.
    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }
}
