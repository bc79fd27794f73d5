package dev.portico.proxy.intake;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Section;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.SectionCodec;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The table as people may see it: without private keys, and a section a line, by which the operator finds endpoints. */
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
        return switch (section) {
            case Certificate it -> new Certificate(it.id(), it.listeners(), it.names(), it.chain(), "");
            case Upstream it -> new Upstream(it.id(), it.balancer(), it.protocol(), withoutSecrets(it.tls()));
            case HttpListener _, VirtualHost _, Endpoints _ -> section;
        };
    }

    private static @Nullable UpstreamTls withoutSecrets(@Nullable UpstreamTls tls) {
        if (tls == null || tls.identity() == null) {
            return tls;
        }
        var identity = new UpstreamTls.Identity(tls.identity().chain(), "");
        return new UpstreamTls(tls.serverName(), tls.trust(), identity, tls.minVersion());
    }
}
