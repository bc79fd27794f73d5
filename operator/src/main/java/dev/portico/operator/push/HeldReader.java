package dev.portico.operator.push;

import dev.portico.routetable.Endpoints;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.MalformedException;
import dev.portico.wire.Root;
import dev.portico.wire.SectionCodec;
import dev.portico.wire.UnknownWordException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the page on which a replica shows its table, a section a line, and keeps the endpoints alone: the page is as large
 * as the table.
 */
final class HeldReader {
    private static final Logger LOG = LoggerFactory.getLogger(HeldReader.class);
    /** In bytes: those of a hundred thousand upstreams. A pod that somebody took over can make us keep no more. */
    private static final int MAX_KEPT = 16 * 1024 * 1024;

    private static final Pattern ROOT = Pattern.compile("\"root\":\"([^\"]*)\"");
    // The tag of a section is written first.
    private static final String ENDPOINTS = "{\"is\":\"Endpoints\",";

    private final List<String> lines = new ArrayList<>();
    private String head = "";
    private int kept;

    /** @return false where it is more than is kept */
    boolean take(Buffer line) {
        if (head.isEmpty()) {
            head = line.toString(StandardCharsets.UTF_8);
        } else if (isEndpoints(line)) {
            kept += line.length();
            lines.add(line.toString(StandardCharsets.UTF_8));
        }
        return kept <= MAX_KEPT;
    }

    private static boolean isEndpoints(Buffer line) {
        return line.length() > ENDPOINTS.length()
                && line.getString(0, ENDPOINTS.length()).equals(ENDPOINTS);
    }

    Held held() throws IOException {
        var endpoints = new HashMap<String, EncodedSection>();
        for (String line : lines) {
            section(line).ifPresent(section -> endpoints.put(section.key(), section));
        }
        return new Held(root(), endpoints);
    }

    private Root root() throws IOException {
        var root = ROOT.matcher(head);
        try {
            return Root.read(root.find() ? root.group(1) : "");
        } catch (MalformedException e) {
            throw new IOException("the table that it shows is not readable: " + e.getMessage(), e);
        }
    }

    private static Optional<EncodedSection> section(String line) {
        var json = line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
        try {
            return SectionCodec.decode(json.getBytes(StandardCharsets.UTF_8)) instanceof Endpoints endpoints
                    ? Optional.of(EncodedSection.of(endpoints))
                    : Optional.empty();
        } catch (UnknownWordException | MalformedException e) {
            LOG.debug("endpoints that a pod serves stay as they are: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
