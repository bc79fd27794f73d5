package dev.portico.operator.source;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyDeclaration.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an undecodable policy is aimed at, as far as that can be told. */
public final class Targets {
    private Targets() {}

    public static List<Target> of(GenericKubernetesResource raw) {
        var targets = new ArrayList<Target>();
        if (raw.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
                && spec.get("targetRefs") instanceof List<?> refs) {
            for (Object ref : refs) {
                var field = "spec.targetRefs[" + targets.size() + "]";
                if (ref instanceof Map<?, ?> target && target.get("name") instanceof String name) {
                    targets.add(new Target(
                            new ObjectRef(
                                    orEmpty(text(target, "group")),
                                    orEmpty(text(target, "kind")),
                                    ObjectRef.of(raw).namespace(),
                                    name),
                            text(target, "sectionName"),
                            field));
                }
            }
        }
        return targets;
    }

    private static @Nullable String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
