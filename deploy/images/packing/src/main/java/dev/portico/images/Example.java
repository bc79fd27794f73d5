package dev.portico.images;

import dev.portico.operator.model.ObjectRef;
import dev.portico.standalone.admission.Admission;
import dev.portico.standalone.admission.OfflineJudge;
import dev.portico.standalone.folder.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of the example, which stand for those of a user. */
record Example(Map<ObjectRef, Map<String, @Nullable Object>> objects) {
    /** Seen from the folder of an image. */
    private static final Path FOLDER = Path.of("../../../docs/examples/shop");

    static final String NAMESPACE = "shop";

    static Example read() {
        return new Example(
                new Admission(new OfflineJudge()).admit(Reading.of(FOLDER)).objects());
    }

    /** The text of {@code tls.crt} or {@code tls.key}. */
    String pem(String file) {
        var secret = objects.get(ObjectRef.secret(NAMESPACE, "api-demo-tls"));
        if (secret != null
                && secret.get("data") instanceof Map<?, ?> data
                && data.get(file) instanceof String encoded) {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
        }
        throw new IllegalStateException("Secret api-demo-tls has no " + file + ", expected it in " + FOLDER);
    }
}
