package dev.portico.operator.source.ratelimit;

import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.crds.ratelimit.RateLimitSpec;
import dev.portico.operator.model.Age;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyDeclaration;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.Unreadable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a RateLimit. */
public final class RateLimitReader {
    private RateLimitReader() {}

    public static PolicyDeclaration read(RateLimit object) {
        var ref = ObjectRef.of(object);
        var problems = new Problems(ref);
        var spec = object.getSpec();
        if (spec == null) {
            problems.add("spec", "Invalid", "is absent, expected targetRefs and limits");
            return new PolicyDeclaration(
                    Origin.of(object), Age.of(object), List.of(), false, List.of(), problems.found());
        }
        var targets = new ArrayList<PolicyDeclaration.Target>();
        for (var target : spec.targetRefs()) {
            targets.add(new PolicyDeclaration.Target(
                    new ObjectRef(target.group(), target.kind(), ref.namespace(), target.name()),
                    target.sectionName(),
                    "spec.targetRefs[" + targets.size() + "]"));
        }
        var limits = new LimitReader(problems).read(spec.limits());
        return new PolicyDeclaration(
                Origin.of(object),
                Age.of(object),
                targets,
                spec.mergeStrategy() == RateLimitSpec.MergeStrategy.DEFAULTS,
                limits,
                problems.found());
    }

    /** What an undecodable RateLimit is aimed at, as far as that can be told. */
    public static PolicyDeclaration read(Unreadable object) {
        var ref = ObjectRef.of(object.raw());
        return new PolicyDeclaration(
                Origin.of(object.raw()),
                Age.of(object.raw()),
                targets(object.raw(), ref.namespace()),
                false,
                List.of(),
                object.problems());
    }

    private static List<PolicyDeclaration.Target> targets(GenericKubernetesResource raw, String namespace) {
        var targets = new ArrayList<PolicyDeclaration.Target>();
        if (raw.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
                && spec.get("targetRefs") instanceof List<?> refs) {
            for (Object ref : refs) {
                var field = "spec.targetRefs[" + targets.size() + "]";
                if (ref instanceof Map<?, ?> target && target.get("name") instanceof String name) {
                    targets.add(new PolicyDeclaration.Target(
                            new ObjectRef(
                                    orEmpty(text(target, "group")), orEmpty(text(target, "kind")), namespace, name),
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
