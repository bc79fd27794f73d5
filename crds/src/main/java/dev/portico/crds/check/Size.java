package dev.portico.crds.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How large an object is, about, when it travels as JSON. */
final class Size {
    /** What etcd takes in one request. */
    static final long MOST = 1536 * 1024;

    private Size() {}

    static long of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> of(entry.getKey()) + of(entry.getValue()) + 2)
                    .sum();
        }
        if (value instanceof List<?> list) {
            return list.stream().mapToLong(item -> of(item) + 1).sum();
        }
        return value instanceof String text ? text.length() + 2 : 8;
    }
}
