package dev.portico.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.portico.routetable.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.List;

/** A section as one line of JSON, always the same bytes for equal sections. */
public final class SectionCodec {
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(4 * 1024 * 1024)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SectionCodec() {}

    /** The words that this release reads, by tag. */
    public static List<String> words() {
        return Tags.known();
    }

    public static byte[] encode(Section section) {
        return encode(section, Section.class);
    }

    public static Section decode(byte[] line) throws UnknownWordException, MalformedException {
        return (Section) decode(line, Section.class);
    }

    static byte[] encode(Object value, Class<?> declared) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = JSON.createGenerator(bytes)) {
            RecordCodec.write(json, value, declared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Object decode(byte[] line, Class<?> declared) throws UnknownWordException, MalformedException {
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            var value = RecordCodec.read(json, declared);
            if (json.nextToken() != null) {
                throw new MalformedException("found " + json.currentToken() + " behind the value, expected its end");
            }
            return value;
        } catch (IOException | DateTimeException e) {
            throw new MalformedException("not readable: " + e.getMessage(), e);
        }
    }
}
