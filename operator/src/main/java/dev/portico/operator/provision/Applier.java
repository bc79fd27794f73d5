package dev.portico.operator.provision;

import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.Identity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
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
    /** On a Deployment: the number of pods that was last asked for, whoever scaled since. */
    private static final String REPLICAS = "portico.dev/replicas";

    private final KubernetesClient client;
    private final Identities identities;

    Applier(KubernetesClient client, Identities identities) {
        this.client = client;
        this.identities = identities;
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

    private HasMetadata deployment(Deployment deployment, DataPlane plane) {
        var now = apply(deployment, OPERATOR);
        var asked = annotation(now);
        var wanted = Integer.toString(Children.replicas(plane));
        return asked == null || (plane.infrastructure().replicas() != null && !asked.equals(wanted))
                ? apply(scaled(deployment, wanted), SCALE)
                : now;
    }

    private <T extends HasMetadata> T apply(T object, String manager) {
        return client.resource(object).fieldManager(manager).forceConflicts().serverSideApply();
    }

    void delete(HasMetadata object) {
        client.resource(object).delete();
    }

    private static @Nullable String annotation(HasMetadata deployment) {
        var annotations = deployment.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(REPLICAS);
    }

    private static Deployment scaled(Deployment deployment, String replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName())
                .addToAnnotations(REPLICAS, replicas)
                .endMetadata()
                .withNewSpec()
                .withReplicas(Integer.valueOf(replicas))
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
