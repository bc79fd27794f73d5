package dev.portico.crds;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.backend.BackendPolicySpec;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.GatewaySpec;
import dev.portico.crds.gateway.GatewayStatus;
import dev.portico.crds.policy.PolicyStatus;
import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.crds.ratelimit.RateLimitSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one generic object into its type. An unknown field or value of {@code spec} fails with {@link Undecodable} and
 * concerns that object alone; a {@code status} that an other version wrote is read as far as it is known.
 */
public final class PorticoKinds {
    private final JsonMapper strict = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final JsonMapper lenient = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .build();

    public Gateway gateway(GenericKubernetesResource object) {
        return read(object, new Gateway(), GatewaySpec.class, GatewayStatus.class);
    }

    public Gateway gateway(Map<String, Object> object) {
        return gateway(generic(object));
    }

    public RateLimit rateLimit(GenericKubernetesResource object) {
        return read(object, new RateLimit(), RateLimitSpec.class, PolicyStatus.class);
    }

    public RateLimit rateLimit(Map<String, Object> object) {
        return rateLimit(generic(object));
    }

    public BackendPolicy backendPolicy(GenericKubernetesResource object) {
        return read(object, new BackendPolicy(), BackendPolicySpec.class, PolicyStatus.class);
    }

    public BackendPolicy backendPolicy(Map<String, Object> object) {
        return backendPolicy(generic(object));
    }

    /** A status as the tree that is sent to the API server. */
    public Map<String, Object> tree(Object status) {
        @SuppressWarnings("unchecked")
        Map<String, Object> tree = lenient.convertValue(status, Map.class);
        return tree;
    }

    private <S, T, K extends CustomResource<S, T>> K read(
            GenericKubernetesResource object, K kind, Class<S> spec, Class<T> status) {
        kind.setMetadata(object.getMetadata());
        kind.setSpec(part(strict, "spec", object.getAdditionalProperties().getOrDefault("spec", Map.of()), spec));
        @Nullable Object before = object.getAdditionalProperties().get("status");
        if (before != null) {
            kind.setStatus(part(lenient, "status", before, status));
        }
        return kind;
    }

    private static <T> T part(JsonMapper mapper, String field, Object tree, Class<T> type) {
        try {
            return mapper.convertValue(tree, type);
        } catch (JacksonException e) {
            throw new Undecodable(field + path(e), e.getOriginalMessage(), e);
        }
    }

    private static String path(JacksonException failure) {
        var path = new StringBuilder();
        if (failure instanceof DatabindException) {
            for (var step : failure.getPath()) {
                path.append(
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName());
            }
        }
        return path.toString();
    }

    private GenericKubernetesResource generic(Map<String, Object> object) {
        try {
            return lenient.convertValue(object, GenericKubernetesResource.class);
        } catch (JacksonException e) {
            throw new Undecodable(path(e).replaceFirst("^\\.", ""), e.getOriginalMessage(), e);
        }
    }

    /** One object that cannot be read; {@link #field} says where. */
    public static final class Undecodable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String field;

        Undecodable(String field, @Nullable String message, Throwable cause) {
            super(field + ": " + message, cause);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }
}
