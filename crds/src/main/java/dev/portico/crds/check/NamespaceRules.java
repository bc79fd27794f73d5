package dev.portico.crds.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of a Namespace: only its name. */
final class NamespaceRules implements KindRules {
    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        // Nothing but the name is checked.
    }

    @Override
    public @Nullable String name(String name) {
        return Names.label(name);
    }
}
