package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pass: which policies are aimed at what, the oldest first. */
final class Policies {
    static final Policies NONE = new Policies(List.of());

    private final Map<ObjectRef, PolicyDeclaration> byRef = new HashMap<>();
    private final Map<ObjectRef, List<Applied>> byObject = new HashMap<>();
    private final Map<String, ObjectRef> byLimit = new HashMap<>();

    Policies(Collection<PolicyDeclaration> declarations) {
        var byAge = declarations.stream()
                .sorted(Comparator.comparing(PolicyDeclaration::age))
                .toList();
        for (PolicyDeclaration policy : byAge) {
            byRef.put(policy.origin().object(), policy);
            for (PolicyDeclaration.Target target : policy.targets()) {
                var applied = new Applied(policy, target);
                byObject.computeIfAbsent(target.object(), _ -> new ArrayList<>())
                        .add(applied);
                policy.limits()
                        .forEach(limit ->
                                byLimit.put(applied.id(limit), policy.origin().object()));
            }
        }
    }

    @Nullable
    PolicyDeclaration get(ObjectRef policy) {
        return byRef.get(policy);
    }

    /** The policy to which a limit of a table belongs. */
    @Nullable
    ObjectRef owner(String limit) {
        return byLimit.get(limit);
    }

    /** The policies that are others than before, came or went. */
    Set<ObjectRef> changedSince(Policies before) {
        var changed = new HashSet<ObjectRef>();
        byRef.forEach((ref, policy) -> {
            if (!policy.equals(before.byRef.get(ref))) {
                changed.add(ref);
            }
        });
        before.byRef.keySet().stream().filter(ref -> !byRef.containsKey(ref)).forEach(changed::add);
        return changed;
    }

    /** Those aimed at an object or any part of it. */
    List<Applied> at(ObjectRef object) {
        return byObject.getOrDefault(object, List.of());
    }

    /** Those aimed at an object as a whole, or at one part of it. */
    List<Applied> at(ObjectRef object, @Nullable String section) {
        return at(object).stream()
                .filter(applied -> java.util.Objects.equals(applied.target().section(), section))
                .toList();
    }

    /** The objects at which other policies are aimed than before. */
    Set<ObjectRef> targetsChangedSince(Policies before) {
        var changed = new HashSet<ObjectRef>();
        var touched = new HashSet<>(byObject.keySet());
        touched.addAll(before.byObject.keySet());
        for (ObjectRef object : touched) {
            if (!at(object).equals(before.at(object))) {
                changed.add(object);
            }
        }
        return changed;
    }
}
