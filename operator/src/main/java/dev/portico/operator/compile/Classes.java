package dev.portico.operator.compile;

import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.IngressClassDeclaration;
import dev.portico.operator.model.IngressDeclaration;
import dev.portico.operator.model.ObjectRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pass: which Ingresses are ours, and to which Gateway their class sends them. */
final class Classes {
    private final CompileOptions options;
    private final Map<String, IngressClassDeclaration> byName = new HashMap<>();
    private final @Nullable IngressClassDeclaration byDefault;

    Classes(Collection<IngressClassDeclaration> classes, CompileOptions options) {
        this.options = options;
        classes.forEach(each -> byName.put(each.origin().object().name(), each));
        // Of several defaults Kubernetes takes the newest.
        this.byDefault = classes.stream()
                .filter(each -> each.isDefault() && isOurs(each))
                .max(Comparator.comparing(
                                (IngressClassDeclaration each) -> each.age().created())
                        .thenComparing(each -> each.origin().object(), Comparator.reverseOrder()))
                .orElse(null);
    }

    /** The choice for an Ingress; null where it is not ours. */
    @Nullable
    Choice choose(IngressDeclaration ingress) {
        var name = ingress.className();
        if (name == null) {
            return byDefault == null ? null : choice(byDefault);
        }
        var named = byName.get(name);
        if (named != null) {
            return isOurs(named) ? choice(named) : null;
        }
        return name.equals(options.classWithoutObject()) ? new Choice(options.defaultGateway()) : null;
    }

    /**
     * Why an Ingress is nobody's, where only Portico serves; null elsewhere, for there it may be another controller's, and
     * null where its class is one.
     */
    @Nullable
    String whyUnserved(IngressDeclaration ingress) {
        var ours = options.classWithoutObject();
        var name = ingress.className();
        if (ours == null || (name != null && byName.containsKey(name))) {
            return null;
        }
        var expected = Stream.concat(
                        Stream.of(ours),
                        byName.values().stream()
                                .filter(this::isOurs)
                                .map(each -> each.origin().object().name()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
        return (name == null
                        ? "it names no class and no IngressClass is the default"
                        : "there is no IngressClass " + name)
                + "; it is not served, expected "
                + expected;
    }

    private Choice choice(IngressClassDeclaration chosen) {
        if (chosen.gateway() != null) {
            return new Choice(chosen.gateway());
        }
        return new Choice(chosen.problems().isEmpty() ? options.defaultGateway() : null);
    }

    private boolean isOurs(IngressClassDeclaration declared) {
        return declared.controller().equals(options.ingressController());
    }

    /** The Gateway to attach to; absent where the class cannot say it. */
    record Choice(@Nullable ObjectRef gateway) {}
}
