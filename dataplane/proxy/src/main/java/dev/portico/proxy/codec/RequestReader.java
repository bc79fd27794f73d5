package dev.portico.proxy.codec;

import dev.portico.proxy.codec.Request.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the requests of a client. The first one at once; {@link #next} asks for each that follows. */
public final class RequestReader extends MessageReader {
    private static final List<String> METHODS = List.of("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS");
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private final Parts parts;
    private String method = "";
    private String target = "";
    private Version version = Version.OTHER;

    /** Takes what is read. */
    public interface Parts extends MessageReader.Parts {
        void head(Request request);
    }

    public RequestReader(Limits limits, Parts parts) {
        super(limits, parts);
        this.parts = parts;
        next();
    }

    /** Reads the next request, as far as it is there already. */
    public void next() {
        startMessage();
    }

    @Override
    boolean skipsEmptyLines() {
        return true;
    }

    @Override
    boolean dropsSpaceBeforeColon() {
        return false;
    }

    /** Method, target and version, one space between them (RFC 9112 §3). */
    @Override
    void startLine(byte[] line, int start, int end) throws UnreadableException {
        int methodEnd = start;
        while (methodEnd < end && Octets.isToken(line[methodEnd])) {
            methodEnd++;
        }
        int targetStart = methodEnd + 1;
        int targetEnd = end - VERSION_LENGTH - 1;
        UnreadableException.unless(
                methodEnd > start && targetEnd > targetStart && line[methodEnd] == ' ' && line[targetEnd] == ' ');
        for (int i = targetStart; i < targetEnd; i++) {
            UnreadableException.unless(Octets.isVisible(line[i]));
        }
        method = method(line, start, methodEnd);
        target = text(line, targetStart, targetEnd);
        version = version(line, targetEnd + 1);
    }

    private static String method(byte[] line, int start, int end) {
        for (int i = 0; i < METHODS.size(); i++) {
            if (is(METHODS.get(i), line, start, end)) {
                return METHODS.get(i);
            }
        }
        return text(line, start, end);
    }

    private static boolean is(String method, byte[] line, int start, int end) {
        if (method.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (line[i] != method.charAt(i - start)) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] line, int start, int end) {
        return new String(line, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static Version version(byte[] line, int at) throws UnreadableException {
        UnreadableException.unless(line[at] == 'H'
                && line[at + 1] == 'T'
                && line[at + 2] == 'T'
                && line[at + 3] == 'P'
                && line[at + 4] == '/'
                && Octets.isDigit(line[at + 5])
                && line[at + 6] == '.'
                && Octets.isDigit(line[at + 7]));
        if (line[at + 5] != '1') {
            return Version.OTHER;
        }
        return switch (line[at + 7]) {
            case '0' -> Version.HTTP_1_0;
            case '1' -> Version.HTTP_1_1;
            default -> Version.OTHER;
        };
    }

    @Override
    void head(ReadHeaders read) throws UnreadableException {
        boolean old = version != Version.HTTP_1_1;
        boolean bodyFollows = body(Framing.of(read, old, 0));
        parts.head(new Request(method, target, version, read, Framing.keepsAlive(read, old), bodyFollows));
    }
}
