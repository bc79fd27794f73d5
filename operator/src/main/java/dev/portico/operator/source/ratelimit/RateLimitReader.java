package dev.portico.operator.source.ratelimit;

import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.crds.ratelimit.RateLimitSpec;
import dev.portico.operator.model.Age;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyDeclaration;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.Unreadable;
import dev.portico.operator.source.Targets;
import java.util.ArrayList;
import java.util.List;

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

    /** An undecodable RateLimit: only what it is aimed at. */
    public static PolicyDeclaration read(Unreadable object) {
        return new PolicyDeclaration(
                Origin.of(object.raw()),
                Age.of(object.raw()),
                Targets.of(object.raw()),
                false,
                List.of(),
                object.problems());
    }
}
