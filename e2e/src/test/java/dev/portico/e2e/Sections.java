package dev.portico.e2e;

import dev.portico.routetable.Section;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.MalformedException;
import dev.portico.wire.SectionCodec;
import dev.portico.wire.UnknownWordException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Sections as goldens have them: what travels, as maps and lists. */
final class Sections {
    private Sections() {}

    static Map<String, Object> read(EncodedSection section) {
        return new JsonObject(Buffer.buffer(section.line())).getMap();
    }

    @SuppressWarnings("unchecked")
    static Section write(Object golden) {
        try {
            return SectionCodec.decode(
                    new JsonObject((Map<String, Object>) golden).toBuffer().getBytes());
        } catch (UnknownWordException | MalformedException e) {
            throw new IllegalArgumentException("golden section " + golden + " is not readable", e);
        }
    }
}
