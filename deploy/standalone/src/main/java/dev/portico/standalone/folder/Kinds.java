package dev.portico.standalone.folder;

import dev.portico.crds.check.ReadKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds that may stand in a folder: those that Portico reads, and those that Kubernetes has and Portico does not need. */
final class Kinds {
    /** By group, in the versions that a cluster of today serves or served. */
    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry(
                    "",
                    words("Endpoints Event LimitRange Node PersistentVolume PersistentVolumeClaim Pod"
                            + " PodTemplate ReplicationController ResourceQuota ServiceAccount")),
            Map.entry("portico.dev", Set.of()),
            Map.entry("discovery.k8s.io", Set.of()),
            Map.entry("apps", words("ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet")),
            Map.entry("batch", words("CronJob Job")),
            Map.entry("autoscaling", words("HorizontalPodAutoscaler")),
            Map.entry("policy", words("PodDisruptionBudget")),
            Map.entry("networking.k8s.io", words("NetworkPolicy IPAddress ServiceCIDR")),
            Map.entry("rbac.authorization.k8s.io", words("ClusterRole ClusterRoleBinding Role RoleBinding")),
            Map.entry(
                    "storage.k8s.io",
                    words("CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment"
                            + " VolumeAttributesClass")),
            Map.entry("scheduling.k8s.io", words("PriorityClass")),
            Map.entry("coordination.k8s.io", words("Lease LeaseCandidate")),
            Map.entry("events.k8s.io", words("Event")),
            Map.entry("node.k8s.io", words("RuntimeClass")),
            Map.entry("apiextensions.k8s.io", words("CustomResourceDefinition")),
            Map.entry("apiregistration.k8s.io", words("APIService")),
            Map.entry("certificates.k8s.io", words("CertificateSigningRequest ClusterTrustBundle")),
            Map.entry("flowcontrol.apiserver.k8s.io", words("FlowSchema PriorityLevelConfiguration")),
            Map.entry("resource.k8s.io", words("DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice")),
            Map.entry(
                    "admissionregistration.k8s.io",
                    words("MutatingAdmissionPolicy MutatingAdmissionPolicyBinding"
                            + " MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding"
                            + " ValidatingWebhookConfiguration")));

    private Kinds() {}

    static boolean read(String apiVersion, String kind) {
        return ReadKind.of(group(apiVersion), kind)
                .filter(read -> read.apiVersion().equals(apiVersion))
                .isPresent();
    }

    static boolean known(String apiVersion, String kind) {
        return read(apiVersion, kind)
                || KNOWN.getOrDefault(group(apiVersion), Set.of()).contains(kind);
    }

    static boolean namespaced(String kind) {
        return ReadKind.all().noneMatch(read -> read.kind().equals(kind) && !read.isNamespaced());
    }

    static String fieldToBlame(String apiVersion, String kind) {
        return elsewhere(apiVersion, kind) == null && KNOWN.containsKey(group(apiVersion)) ? "kind" : "apiVersion";
    }

    static String expectation(String apiVersion, String kind) {
        var served = elsewhere(apiVersion, kind);
        return served == null
                ? "there is no kind " + kind + " of " + apiVersion + " that Portico knows"
                : "is not served: write " + served;
    }

    /** The apiVersion that serves the kind, where it is another one of the same group. */
    private static @Nullable String elsewhere(String apiVersion, String kind) {
        return ReadKind.of(group(apiVersion), kind).map(ReadKind::apiVersion).orElse(null);
    }

    private static String group(String apiVersion) {
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }
}
