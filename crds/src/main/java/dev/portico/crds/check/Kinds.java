package dev.portico.crds.check;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The kinds that are known, by apiVersion and kind. */
final class Kinds {
    private final ModelSchema models = new ModelSchema();
    private final SchemaReader reader = new SchemaReader();
    private final Map<String, Known> known = new HashMap<>();

    /** A kind with all that is checked of it. */
    record Known(Schema schema, KindRules rules, boolean custom) {}

    private Kinds() {}

    static Map<String, Known> portico() {
        var kinds = new Kinds();
        ReadKind.all().forEach(kind -> kinds.known.put(key(kind.apiVersion(), kind.kind()), kinds.read(kind)));
        return Map.copyOf(kinds.known);
    }

    private Known read(ReadKind kind) {
        return switch (kind) {
            case NAMESPACE -> standard(Namespace.class, new NamespaceRules());
            case SECRET -> standard(Secret.class, new SecretRules());
            case CONFIG_MAP -> standard(ConfigMap.class, new ConfigMapRules());
            case SERVICE -> standard(Service.class, new ServiceRules());
            case ENDPOINT_SLICE -> standard(EndpointSlice.class, new EndpointSliceRules());
            case INGRESS_CLASS -> standard(IngressClass.class, new IngressClassRules());
            case GATEWAY -> custom("gateways.portico.dev");
            case RATE_LIMIT -> custom("ratelimits.portico.dev");
            case BACKEND_POLICY -> custom("backendpolicies.portico.dev");
            case INGRESS -> standard(Ingress.class, new IngressRules());
        };
    }

    static String key(@Nullable Object apiVersion, @Nullable Object kind) {
        return apiVersion + "/" + kind;
    }

    private Known standard(Class<?> model, KindRules rules) {
        return new Known(models.of(model), rules, false);
    }

    private Known custom(String name) {
        Map<String, @Nullable Object> spec = Types.map(load("/META-INF/fabric8/" + name + "-v1.yml"), "spec");
        Map<String, @Nullable Object> version =
                Types.map(Types.list(spec, "versions").get(0));
        Schema schema = reader.read(Types.map(Types.map(version, "schema"), "openAPIV3Schema"));
        Map<String, Schema> properties = new LinkedHashMap<>(schema.properties());
        properties.put("apiVersion", Schema.of(Schema.Type.STRING));
        properties.put("kind", Schema.of(Schema.Type.STRING));
        properties.put("metadata", models.of(ObjectMeta.class));
        Schema whole = schema.with(properties);
        return new Known(whole, new CustomRules(whole), true);
    }

    private static Map<String, @Nullable Object> load(String resource) {
        try (InputStream in = Kinds.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " on the class path, expected a generated CRD");
            }
            Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            return Types.copy((Map<?, ?>) tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
