package dev.portico.crds.check;

import org.jspecify.annotations.Nullable;

/** Numbers of ports. */
final class Ports {
    private Ports() {}

    static void check(String field, @Nullable Object port, Findings findings) {
        if (port instanceof Long number && (number < 1 || number > 65535)) {
            findings.invalid(field, number, "must be between 1 and 65535, inclusive");
        }
    }
}
