package dev.portico.operator.provision;

import dev.portico.crds.gateway.Autoscaling;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.Infrastructure;
import dev.portico.operator.watch.Pods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects that make a data plane, all in the namespace of its Gateway and owned by it. */
final class Children {
    /** All kinds there may be. */
    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ServiceAccount.class,
            KeptSecret.class,
            Service.class,
            Deployment.class,
            PodDisruptionBudget.class,
            HorizontalPodAutoscaler.class);

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String PORTICO = "portico";
    private static final String NAME = "app.kubernetes.io/name";
    private static final String INSTANCE = "app.kubernetes.io/instance";
    /** How many pods there are where neither the Gateway nor a load says it. */
    private static final int REPLICAS = 2;

    private final DataPlane plane;
    private final Infrastructure infrastructure;

    private Children(DataPlane plane) {
        this.plane = plane;
        this.infrastructure = plane.infrastructure();
    }

    /** In the order in which they need each other; none for a template. */
    static List<HasMetadata> of(DataPlane plane, Settings settings) {
        return plane.isTemplate() ? List.of() : new Children(plane).all(settings.proxyImage());
    }

    /** The number of pods to begin with. */
    static int replicas(DataPlane plane) {
        var infrastructure = plane.infrastructure();
        var autoscaling = infrastructure.autoscaling();
        if (autoscaling != null) {
            return autoscaling.minReplicas();
        }
        return infrastructure.replicas() == null ? REPLICAS : infrastructure.replicas();
    }

    /** The name of the Secret that the pods' identity is in. */
    static String secretName(DataPlane plane) {
        return plane.name() + "-config";
    }

    private List<HasMetadata> all(String image) {
        var all = new ArrayList<HasMetadata>();
        all.add(serviceAccount());
        all.add(secret());
        all.add(Front.service(plane, annotated(plane.name()).build(), selector()));
        all.add(deployment(image));
        all.add(disruptionBudget());
        if (infrastructure.autoscaling() != null) {
            all.add(autoscaler(infrastructure.autoscaling()));
        }
        return all;
    }

    private ServiceAccount serviceAccount() {
        return new ServiceAccountBuilder()
                .withMetadata(unannotated(plane.name()).build())
                .withAutomountServiceAccountToken(false)
                .build();
    }

    /** Without its data, which is the certificates' keeper's. */
    private Secret secret() {
        return new SecretBuilder()
                .withMetadata(unannotated(secretName(plane)).build())
                .withType("kubernetes.io/tls")
                .build();
    }

    /** Without the number of pods, which is set once and then belongs to whoever scales. */
    private Deployment deployment(String image) {
        var pods = new ObjectMetaBuilder()
                .withLabels(labels())
                .withAnnotations(annotations())
                .build();
        // A node's port is free for the next pod only when the last one has left it.
        var hostPorts = infrastructure.hostPorts() == Infrastructure.HostPorts.ENABLED;
        return new DeploymentBuilder()
                .withMetadata(annotated(plane.name()).build())
                .withNewSpec()
                .withMinReadySeconds(
                        (int) Ending.of(infrastructure.service()).found().toSeconds())
                .withRevisionHistoryLimit(2)
                .withNewSelector()
                .withMatchLabels(selector())
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(hostPorts ? 1 : 0))
                .withMaxSurge(hostPorts ? new IntOrString(0) : new IntOrString("25%"))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withMetadata(pods)
                .withSpec(new PodSpecs(plane, image, selector()).spec())
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodDisruptionBudget disruptionBudget() {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(unannotated(plane.name()).build())
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                // A pod that never became ready serves nobody and must not keep a node from being emptied.
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(selector())
                .endSelector()
                .endSpec()
                .build();
    }

    private HorizontalPodAutoscaler autoscaler(Autoscaling autoscaling) {
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(unannotated(plane.name()).build())
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", plane.name())
                .withMinReplicas(autoscaling.minReplicas())
                .withMaxReplicas(autoscaling.maxReplicas())
                .addNewMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(autoscaling.cpuPercent())
                .endTarget()
                .endResource()
                .endMetric()
                .endSpec()
                .build();
    }

    private ObjectMetaBuilder annotated(String name) {
        return unannotated(name).withAnnotations(annotations());
    }

    /** Without what the user adds, by which others give rights: to a ServiceAccount, of a cloud. */
    private ObjectMetaBuilder unannotated(String name) {
        return new ObjectMetaBuilder()
                .withNamespace(plane.gateway().getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels())
                .withOwnerReferences(owner(plane.gateway()));
    }

    private static OwnerReference owner(Gateway gateway) {
        return new OwnerReferenceBuilder()
                .withApiVersion(gateway.getApiVersion())
                .withKind(gateway.getKind())
                .withName(gateway.getMetadata().getName())
                .withUid(gateway.getMetadata().getUid())
                .withController(true)
                .build();
    }

    private Map<String, String> labels() {
        var labels = new TreeMap<>(infrastructure.labels());
        labels.putAll(selector());
        labels.put(MANAGED_BY, PORTICO);
        labels.put(Pods.DATA_PLANE, plane.id());
        return labels;
    }

    private Map<String, String> annotations() {
        return new TreeMap<>(infrastructure.annotations());
    }

    /** Never changed, as no Deployment may change it. */
    private Map<String, String> selector() {
        return new TreeMap<>(Map.of(NAME, "portico-proxy", INSTANCE, plane.name()));
    }
}
