package dev.portico.standalone.admission;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.check.ReadKind;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.source.secret.CertificateReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the operator's world of objects that were admitted, as if all had been created at one time. */
public final class Decoder {
    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private final PorticoKinds portico = new PorticoKinds();

    public ClusterState world(Map<ObjectRef, Map<String, @Nullable Object>> objects, Instant now) {
        var world = ClusterState.empty(now);
        for (Map.Entry<ObjectRef, Map<String, @Nullable Object>> entry : objects.entrySet()) {
            var object = decode(entry.getKey(), entry.getValue());
            var metadata = object.getMetadata();
            metadata.setUid(entry.getKey().toString());
            metadata.setGeneration(1L);
            metadata.setResourceVersion("1");
            metadata.setCreationTimestamp(now.toString());
            world = object instanceof Secret secret
                    ? world.with(CertificateReader.remember(null, secret))
                    : world.with(object);
        }
        return world;
    }

    private HasMetadata decode(ObjectRef ref, Map<String, @Nullable Object> content) {
        // Through text, as from an API server: fabric8's own types do not take every kind of number.
        var json = serialization.asJson(content);
        return switch (ReadKind.of(ref.group(), ref.kind()).orElseThrow()) {
            case GATEWAY -> portico.gateway(read(json, GenericKubernetesResource.class));
            case RATE_LIMIT -> portico.rateLimit(read(json, GenericKubernetesResource.class));
            case BACKEND_POLICY -> portico.backendPolicy(read(json, GenericKubernetesResource.class));
            case CONFIG_MAP -> read(json, ConfigMap.class);
            case NAMESPACE -> read(json, Namespace.class);
            case SECRET -> read(json, Secret.class);
            case SERVICE -> read(json, Service.class);
            case ENDPOINT_SLICE -> read(json, EndpointSlice.class);
            case INGRESS -> read(json, Ingress.class);
            case INGRESS_CLASS -> read(json, IngressClass.class);
        };
    }

    private <T extends HasMetadata> T read(String json, Class<T> type) {
        return serialization.unmarshal(json, type);
    }
}
