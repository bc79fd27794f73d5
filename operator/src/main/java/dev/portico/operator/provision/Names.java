package dev.portico.operator.provision;

import dev.portico.crds.gateway.Gateway;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The name of what is made for a Gateway. */
public final class Names {
    /** With which the names of pods, which are longer, are labels still. */
    private static final int LONGEST = 28;

    private Names() {}

    /** Never that of another Gateway's children, or of an earlier one's of the same name. */
    public static String of(Gateway gateway) {
        var whole = gateway.getMetadata().getName().replace('.', '-');
        var prefix = whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
        var uid = gateway.getMetadata().getUid().getBytes(StandardCharsets.UTF_8);
        return "portico-" + prefix + "-"
                + UUID.nameUUIDFromBytes(uid).toString().substring(0, 8);
    }
}
