package dev.portico.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
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

    /** Reads into {@code kind} what an object has beside its spec, which may be undecodable; so may its status: then it has none. */
    public <T, K extends CustomResource<?, T>> K withoutSpec(
            GenericKubernetesResource object, K kind, Class<T> status) {
        kind.setMetadata(object.getMetadata());
        try {
            readStatus(object, kind, status);
            return kind;
        } catch (Undecodable e) {
            // What is written in its place can be read again.
            return kind;
        }
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
        readStatus(object, kind, status);
        return kind;
    }

    private <T> void readStatus(GenericKubernetesResource object, CustomResource<?, T> kind, Class<T> status) {
        @Nullable Object before = object.getAdditionalProperties().get("status");
        if (before != null) {
            kind.setStatus(part(lenient, "status", before, status));
        }
    }

    private static <T> T part(JsonMapper mapper, String field, Object tree, Class<T> type) {
        try {
            return mapper.convertValue(tree, type);
        } catch (JacksonException e) {
            throw new Undecodable(field + path(e), reason(e), e);
        }
    }

    /** For users, who know nothing of types of ours. */
    private static @Nullable String reason(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException) {
            return "is not known, expected none but those of this version";
        }
        if (failure instanceof InvalidFormatException value
                && value.getTargetType().isEnum()) {
            return "is '" + value.getValue() + "', expected one of " + String.join(", ", names(value.getTargetType()));
        }
        return failure.getOriginalMessage();
    }

    private static List<String> names(Class<?> type) {
        return Stream.of(type.getFields())
                .filter(Field::isEnumConstant)
                .map(PorticoKinds::name)
                .toList();
    }

    private static String name(Field constant) {
        var name = constant.getAnnotation(JsonProperty.class);
        return name == null ? constant.getName() : name.value();
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
            throw new Undecodable(path(e).replaceFirst("^\\.", ""), reason(e), e);
        }
    }

    /** One object that cannot be read; {@link #field} says where, {@link #reason} why. */
    public static final class Undecodable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String field;
        private final String reason;

        Undecodable(String field, @Nullable String reason, Throwable cause) {
            super(field + ": " + reason, cause);
            this.field = field;
            this.reason = String.valueOf(reason);
        }

        public String field() {
            return field;
        }

        public String reason() {
            return reason;
        }
    }
}
