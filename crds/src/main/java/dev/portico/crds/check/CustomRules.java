package dev.portico.crds.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of our own kinds beyond their bounds: the rules of the schema. */
record CustomRules(Schema schema) implements KindRules {
    @Override
    public void complete(Map<String, @Nullable Object> object, Findings findings) {
        Defaults.fill(schema, object);
    }

    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        // The API server asks no rules either when the object is not even of the right shape.
        if (!findings.blockRules()) {
            Rules.ask(schema, "", object, findings);
        }
    }
}
