package dev.portico.proxy.codec;

/** Reads the responses of an endpoint: for each request it must be told what was asked. */
public final class ResponseReader extends MessageReader {
    private final Parts parts;
    private boolean toHead;
    private boolean old;
    private int status;

    /** Takes what is read. */
    public interface Parts extends MessageReader.Parts {
        /** Interim heads any number of times, then one with a final status. Behind 101 the reader stops. */
        void head(Response response);
    }

    public ResponseReader(Limits limits, Parts parts) {
        super(limits, parts);
        this.parts = parts;
    }

    /** Reads the response to a request of this method, as far as it is there already. */
    public void expect(String method) {
        toHead = method.equals("HEAD");
        startMessage();
    }

    /** The connection has ended, and with it a body that lasts as long. */
    public void end() {
        endOfConnection();
    }

    @Override
    boolean skipsEmptyLines() {
        return false;
    }

    @Override
    boolean dropsSpaceBeforeColon() {
        return true;
    }

    /** Version, status and perhaps a reason (RFC 9112 §4). Where there is none, many leave the last space out. */
    @Override
    void startLine(byte[] line, int start, int end) throws UnreadableException {
        UnreadableException.unless(end - start >= 12
                && line[start] == 'H'
                && line[start + 1] == 'T'
                && line[start + 2] == 'T'
                && line[start + 3] == 'P'
                && line[start + 4] == '/'
                && line[start + 5] == '1'
                && line[start + 6] == '.'
                && (line[start + 7] == '0' || line[start + 7] == '1')
                && line[start + 8] == ' '
                && (end - start == 12 || line[start + 12] == ' '));
        old = line[start + 7] == '0';
        status = digit(line[start + 9]) * 100 + digit(line[start + 10]) * 10 + digit(line[start + 11]);
        UnreadableException.unless(status >= 100 && status <= 599);
        for (int i = start + 12; i < end; i++) {
            UnreadableException.unless(Octets.isText(line[i]));
        }
    }

    private static int digit(byte octet) throws UnreadableException {
        UnreadableException.unless(Octets.isDigit(octet));
        return octet - '0';
    }

    @Override
    void head(ReadHeaders read) throws UnreadableException {
        long said = Framing.of(read, old, Framing.TO_END);
        boolean bodiless = toHead || status < 200 || status == 204 || status == 304;
        boolean bodyFollows = body(bodiless ? 0 : said);
        if (status < 200 && status != 101) {
            startMessage();
        }
        parts.head(new Response(status, read, Framing.keepsAlive(read, old), bodyFollows));
    }
}
