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

    private final List<PolicyDeclaration> all;
    private final Map<ObjectRef, List<Applied>> byObject = new HashMap<>();

    Policies(Collection<PolicyDeclaration> declarations) {
        this.all = declarations.stream()
                .sorted(Comparator.comparing(PolicyDeclaration::age))
                .toList();
        for (PolicyDeclaration policy : all) {
            for (PolicyDeclaration.Target target : policy.targets()) {
                byObject.computeIfAbsent(target.object(), _ -> new ArrayList<>())
                        .add(new Applied(policy, target));
            }
        }
    }

    List<PolicyDeclaration> all() {
        return all;
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
