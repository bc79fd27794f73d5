package dev.portico.crds.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of a ConfigMap: how much it holds. */
final class ConfigMapRules implements KindRules {
    private static final int MOST = 1024 * 1024;

    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        long size = 0;
        for (String field : new String[] {"data", "binaryData"}) {
            for (Object text : Types.map(object, field).values()) {
                size += text instanceof String value ? value.length() : 0;
            }
        }
        if (size > MOST) {
            findings.tooLong("", MOST);
        }
    }
}
