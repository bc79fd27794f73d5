package dev.portico.wire;

import dev.portico.routetable.Section;
import java.util.Arrays;

/** A section as it travels. Equal lines are equal sections: {@link #digest} tells without decoding. */
public final class EncodedSection {
    private final Section section;
    private final byte[] line;
    private final Digest digest;

    private EncodedSection(Section section, byte[] line) {
        this.section = section;
        this.line = line;
        this.digest = Digest.of(line);
    }

    public static EncodedSection of(Section section) {
        return new EncodedSection(section, SectionCodec.encode(section));
    }

    static EncodedSection read(byte[] line) throws UnknownWordException, MalformedException {
        return new EncodedSection(SectionCodec.decode(line), line);
    }

    public Section section() {
        return section;
    }

    public String key() {
        return section.key();
    }

    /** One line of JSON in UTF-8, without its end; not to be changed. */
    public byte[] line() {
        return line;
    }

    public Digest digest() {
        return digest;
    }

    public int size() {
        return line.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedSection that && Arrays.equals(line, that.line);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** Without the content, which may hold a private key. */
    @Override
    public String toString() {
        return key() + "=" + digest;
    }
}
