package dev.portico.e2e.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/** Connections that carried one request and stay open. */
enum Idle {
    /** As many as a process that may open 20,000 files lets in: half of them are for endpoints. */
    HTTP1("HTTP/1.1", Scheme.HTTP, 9_800, OptionalInt.of(10)) {
        @Override
        void use(DataInputStream in, OutputStream out) throws IOException {
            out.write("GET /service-0007/items/7/1k HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            Clients.expectHead(in, "HTTP/1.1 200 ");
            in.readNBytes(1 << 10);
        }
    },
    HTTP2("HTTP/2 in plain text", Scheme.H2C, 2_000, OptionalInt.empty()) {
        private static final int SETTINGS = 4;
        private static final int ACK = 1;
        private static final int END_STREAM = 1;

        @Override
        void use(DataInputStream in, OutputStream out) throws IOException {
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(frame(SETTINGS, 0, 0, ""));
            // :method GET, :scheme http, :path and :authority not indexed (RFC 7541, appendix A).
            String path = HexFormat.of().formatHex("/service-0007/items/7/1k".getBytes(StandardCharsets.US_ASCII));
            String authority = HexFormat.of().formatHex("127.0.0.1".getBytes(StandardCharsets.US_ASCII));
            out.write(frame(1, 5, 1, "82" + "86" + "0416" + path + "0109" + authority));
            for (boolean over = false; !over; ) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readNBytes(length);
                if (type == SETTINGS && flags != ACK) {
                    out.write(frame(SETTINGS, ACK, 0, ""));
                }
                over = stream == 1 && type <= 1 && (flags & END_STREAM) != 0;
            }
        }

        private static byte[] frame(int type, int flags, int stream, String payload) {
            return HexFormat.of()
                    .parseHex("%06x%02x%02x%08x%s".formatted(payload.length() / 2, type, flags, stream, payload));
        }
    },
    WEBSOCKET("WebSocket", Scheme.HTTP, 2_000, OptionalInt.empty()) {
        @Override
        void use(DataInputStream in, OutputStream out) throws IOException {
            WebSockets.upgrade(in, out);
        }
    };

    private final String title;
    private final Scheme scheme;
    private final int count;
    private final OptionalInt atMostKiB;

    Idle(String title, Scheme scheme, int count, OptionalInt atMostKiB) {
        this.title = title;
        this.scheme = scheme;
        this.count = count;
        this.atMostKiB = atMostKiB;
    }

    abstract void use(DataInputStream in, OutputStream out) throws IOException;

    int count() {
        return count;
    }

    /** What one of them may hold of Portico; empty: whatever it does. */
    OptionalInt atMostKiB() {
        return atMostKiB;
    }

    @Override
    public String toString() {
        return "%,d of %s".formatted(count, title);
    }

    /** They are open until the caller closes them. */
    List<Socket> open(Contender contender) throws IOException {
        int port = contender.target(scheme).port();
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = Clients.connect(port);
                open.add(socket);
                use(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
            }
            return open;
        } catch (IOException e) {
            close(open);
            throw new IOException(contender.name() + " did not serve connection " + open.size() + " of " + this, e);
        }
    }

    static void close(List<Socket> open) throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }
}
