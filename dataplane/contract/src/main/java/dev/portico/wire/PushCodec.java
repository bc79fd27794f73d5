package dev.portico.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A push as lines: a head, then a section each. The last known good table of a data plane is stored in the same form.
 */
public final class PushCodec {
    /** Goes up when a reader of the former format would misread the new one; a new word does not change it. */
    public static final int FORMAT = 1;

    /** What one section may have, in bytes: a certificate chain is the largest thing a user can put there. */
    static final int MAX_LINE = 8 * 1024 * 1024;

    private PushCodec() {}

    record Head(
            int format,
            String dataPlane,
            long term,
            long version,
            @Nullable String base,
            String root,
            int put,
            List<String> remove) {}

    public static void write(Push push, OutputStream out) throws IOException {
        var head = new Head(
                FORMAT,
                push.dataPlane(),
                push.term(),
                push.version(),
                push.base(),
                push.root(),
                push.put().size(),
                push.remove());
        out.write(SectionCodec.encode(head, Head.class));
        out.write('\n');
        for (EncodedSection section : push.put()) {
            out.write(section.line());
            out.write('\n');
        }
    }

    public static Push read(InputStream in) throws IOException, UnknownWordException, MalformedException {
        var lines = new BufferedInputStream(in, 64 * 1024);
        var head = (Head) SectionCodec.decode(line(lines), Head.class);
        if (head.format() != FORMAT) {
            throw new UnknownWordException("format " + head.format() + " is not known here, expected " + FORMAT);
        }
        var put = new ArrayList<EncodedSection>();
        for (int i = 0; i < head.put(); i++) {
            put.add(EncodedSection.read(line(lines)));
        }
        if (lines.read() != -1) {
            throw new MalformedException("found more than the " + head.put() + " sections announced");
        }
        return new Push(head.dataPlane(), head.term(), head.version(), head.base(), head.root(), put, head.remove());
    }

    private static byte[] line(InputStream in) throws IOException, MalformedException {
        var line = new ByteArrayOutputStream(512);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next == -1) {
                throw new MalformedException("ends within a line, expected the announced number of whole lines");
            }
            if (line.size() == MAX_LINE) {
                throw new MalformedException("a line has more than " + MAX_LINE + " bytes");
            }
            line.write(next);
        }
        return line.toByteArray();
    }
}
