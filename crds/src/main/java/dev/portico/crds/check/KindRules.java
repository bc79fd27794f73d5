package dev.portico.crds.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schema cannot say about one kind. Values of a wrong type were found before and are passed over. */
interface KindRules {
    /** Fills in what the API server fills in. */
    default void complete(Map<String, @Nullable Object> object, Findings findings) {}

    void check(Map<String, @Nullable Object> object, Findings findings);

    /** What is wrong with a name of this kind. */
    default @Nullable String name(String name) {
        return Names.subdomain(name);
    }
}
