package dev.portico.e2e.cases;

import dev.portico.operator.model.CertificateDeclaration;
import dev.portico.operator.source.secret.AuthoritiesReader;
import dev.portico.operator.source.secret.CertificateReader;
import dev.portico.operator.source.secret.UnreadableSecretException;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands a short name in a golden for every PEM text that a Secret or ConfigMap of the case holds, and the text for the name when the
 * golden is read: a snapshot stays readable and no key is there twice.
 */
public final class Keys {
    private static final String PREFIX = "sha256:";

    private final Map<String, String> pemByName = new TreeMap<>();

    private Keys() {}

    public static Keys of(List<Tree> objects) {
        var keys = new Keys();
        for (Tree object : objects) {
            if (object.is("Secret")) {
                keys.add(object);
            } else if (object.is("ConfigMap")) {
                keys.addAuthorities(object);
            }
        }
        return keys;
    }

    /** As the operator writes them; a Secret that it cannot read is in no snapshot. */
    private void add(Tree secret) {
        var data = new TreeMap<String, String>();
        Tree encoded = secret.tree("data");
        encoded.map().keySet().forEach(name -> data.put(name, encoded.text(name)));
        try {
            CertificateDeclaration read =
                    CertificateReader.read(new SecretBuilder().withData(data).build());
            pemByName.put(name(read.chain()), read.chain());
            pemByName.put(name(read.privateKey()), read.privateKey());
        } catch (UnreadableSecretException _) {
            return;
        }
    }

    private void addAuthorities(Tree map) {
        var data = new TreeMap<String, String>();
        Tree texts = map.tree("data");
        texts.map().keySet().forEach(name -> data.put(name, texts.text(name)));
        try {
            String read = String.join(
                    "",
                    AuthoritiesReader.read(new ConfigMapBuilder().withData(data).build()));
            pemByName.put(name(read), read);
        } catch (UnreadableSecretException _) {
            return;
        }
    }

    /** The document with names in place of PEM texts. */
    public Object hide(Object value) {
        return switch (value) {
            case String text when text.startsWith("-----BEGIN ") -> name(text);
            case Map<?, ?> map -> {
                var hidden = new LinkedHashMap<String, Object>();
                map.forEach((key, entry) -> hidden.put((String) key, hide(entry)));
                yield hidden;
            }
            case List<?> list -> list.stream().map(this::hide).toList();
            default -> value;
        };
    }

    /** The document with PEM texts in place of their names. */
    public Object reveal(Object value) {
        return switch (value) {
            case String text when text.startsWith(PREFIX) -> pem(text);
            case Map<?, ?> map -> {
                var revealed = new LinkedHashMap<String, Object>();
                map.forEach((key, entry) -> revealed.put((String) key, reveal(entry)));
                yield revealed;
            }
            case List<?> list -> {
                var revealed = new ArrayList<Object>();
                list.forEach(entry -> revealed.add(reveal(entry)));
                yield revealed;
            }
            default -> value;
        };
    }

    private String pem(String name) {
        String pem = pemByName.get(name);
        if (pem == null) {
            throw new IllegalArgumentException(
                    name + " is the name of no PEM text in the case's Secrets and ConfigMaps");
        }
        return pem;
    }

    /** By content: neither line ends nor a trailing line feed make another name. */
    private static String name(String pem) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(pem.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
