package dev.portico.operator.watch;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Unreadable;
import dev.portico.operator.source.secret.AuthoritiesReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Turns one object as the API server tells it into its type, or says why it cannot. */
final class Decoder {
    private final KubernetesSerialization serialization;
    private final PorticoKinds kinds = new PorticoKinds();

    Decoder(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    Decoded decode(GenericKubernetesResource raw, Class<? extends HasMetadata> type) {
        // Who wrote which field is longer than the object, and kept by the API server where an update does not say it.
        raw.getMetadata().setManagedFields(List.of());
        try {
            return new Decoded.Typed(read(raw, type));
        } catch (PorticoKinds.Undecodable e) {
            return quarantined(raw, e.field(), e.reason());
        } catch (RuntimeException e) {
            return quarantined(raw, e);
        }
    }

    private HasMetadata read(GenericKubernetesResource raw, Class<? extends HasMetadata> type) {
        if (type == Gateway.class) {
            return kinds.gateway(raw);
        }
        if (type == RateLimit.class) {
            return kinds.rateLimit(raw);
        }
        if (type == BackendPolicy.class) {
            return kinds.backendPolicy(raw);
        }
        if (type == ConfigMap.class) {
            // There may be thousands of a megabyte each, and hardly any is named by a policy.
            return AuthoritiesReader.keep(serialization.convertValue(raw, ConfigMap.class));
        }
        return serialization.convertValue(raw, type);
    }

    /** An object that makes its readers fail. What they say of a Secret may quote it. */
    static Decoded.Quarantined quarantined(GenericKubernetesResource raw, RuntimeException failure) {
        var why = "Secret".equals(raw.getKind()) ? failure.getClass().getSimpleName() : failure.getMessage();
        return quarantined(raw, "", "not readable: " + why);
    }

    private static Decoded.Quarantined quarantined(GenericKubernetesResource raw, String field, String message) {
        return new Decoded.Quarantined(
                new Unreadable(raw, List.of(new Problem(ObjectRef.of(raw), field, "Invalid", message))));
    }

    /** An object, or why there is none. */
    sealed interface Decoded {
        record Typed(HasMetadata object) implements Decoded {}

        record Quarantined(Unreadable object) implements Decoded {}
    }
}
