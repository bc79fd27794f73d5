package dev.portico.operator.provision;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether an object stands as it was applied: of a Deployment, whether its pods were made, Ready or not. */
sealed interface Rollout {
    Awaited AWAITED = new Awaited("pods are not yet made as this generation says");

    record Done() implements Rollout {}

    record Awaited(String why) implements Rollout {}

    /** @param why in the API server's words */
    record Refused(String why) implements Rollout {}

    static Rollout of(Deployment deployment) {
        var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        if (number(status.getObservedGeneration()) < deployment.getMetadata().getGeneration()) {
            return AWAITED;
        }
        var refused = status.getConditions().stream()
                .filter(condition ->
                        "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
        if (refused.isPresent()) {
            return new Refused(refused.get().getMessage());
        }
        var wanted = deployment.getSpec().getReplicas();
        // A pod of the new template shows that such pods may be made, and the number of all that so many may be.
        var made = number(status.getReplicas()) >= wanted && number(status.getUpdatedReplicas()) >= Math.min(1, wanted);
        return made ? new Done() : AWAITED;
    }

    private static long number(@Nullable Number number) {
        return number == null ? 0 : number.longValue();
    }
}
