package dev.portico.e2e.cases;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** PEM texts in the Secrets and ConfigMaps of a case. */
public record Pems(List<Tree> objects) {
    public String certificate(String secret) {
        return decoded(secret, "tls.crt");
    }

    public String key(String secret) {
        return decoded(secret, "tls.key");
    }

    public String authorities(String configMap) {
        return find("ConfigMap", configMap).text("data", "ca.crt");
    }

    private String decoded(String secret, String field) {
        return new String(
                Base64.getDecoder().decode(find("Secret", secret).text("data", field)), StandardCharsets.US_ASCII);
    }

    private Tree find(String kind, String name) {
        return objects.stream()
                .filter(object -> object.is(kind))
                .filter(object -> object.text("metadata", "name").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "backends.yaml names " + kind + " " + name + ", which is not in in.yaml"));
    }
}
