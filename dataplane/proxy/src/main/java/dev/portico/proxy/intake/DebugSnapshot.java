package dev.portico.proxy.intake;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.Section;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.SectionCodec;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;

/** The table as people may see it: without private keys. */
final class DebugSnapshot {
    private DebugSnapshot() {}

    static Buffer of(Push table) {
        var json = Buffer.buffer(64 * 1024);
        json.appendString("{\"version\":" + table.version() + ",\"term\":" + table.term());
        json.appendString(",\"root\":\"" + table.root() + "\",\"sections\":[");
        String separator = "\n";
        for (EncodedSection section : table.put().stream()
                .sorted(Comparator.comparing(EncodedSection::key))
                .toList()) {
            json.appendString(separator).appendBytes(SectionCodec.encode(withoutSecrets(section.section())));
            separator = ",\n";
        }
        return json.appendString("\n]}\n");
    }

    private static Section withoutSecrets(Section section) {
        return section instanceof Certificate certificate
                ? new Certificate(
                        certificate.id(), certificate.listeners(), certificate.names(), certificate.chain(), "")
                : section;
    }
}
