package dev.portico.crds.check;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of a Secret. No finding shows a value. */
final class SecretRules implements KindRules {
    private static final int MOST = 1024 * 1024;

    /** {@code stringData} is only written, never stored: it becomes {@code data}, unless it is no text. */
    @Override
    public void complete(Map<String, @Nullable Object> object, Findings findings) {
        object.putIfAbsent("type", "Opaque");
        if (object.get("stringData") instanceof Map<?, ?> texts
                && texts.values().stream().allMatch(text -> text instanceof String)) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>(Types.map(object, "data"));
            texts.forEach((key, text) -> data.put(String.valueOf(key), encode(String.valueOf(text))));
            object.put("data", data);
            object.remove("stringData");
        }
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        Map<String, @Nullable Object> data = Types.map(object, "data");
        long size = 0;
        for (var entry : data.entrySet()) {
            if (entry.getValue() instanceof String text) {
                try {
                    size += Base64.getDecoder().decode(text.replaceAll("[\r\n]", "")).length;
                } catch (IllegalArgumentException e) {
                    findings.invalid(
                            "data." + entry.getKey(), "<hidden>", "illegal base64 data at input byte, expected base64");
                }
            }
        }
        if (size > MOST) {
            findings.tooLong("data", MOST);
        }
        if ("kubernetes.io/tls".equals(object.get("type"))) {
            List.of("tls.crt", "tls.key").stream()
                    .filter(key -> !data.containsKey(key))
                    .forEach(key -> findings.required("data[" + key + "]"));
        }
    }
}
