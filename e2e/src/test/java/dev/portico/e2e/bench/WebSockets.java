package dev.portico.e2e.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Binary messages over WebSockets, echoed by the endpoint; each connection sends its next when it has the last one back.
 *
 * @param bytes of a message, at most 125
 */
record WebSockets(int connections, int bytes) implements Load {
    private static final String UPGRADE = """
            GET /echo HTTP/1.1
            Host: 127.0.0.1
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """.replace("\n", "\r\n");

    /** How many messages were sent and came back. */
    @Override
    public long ask(Target target, int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        return Clients.run(connections, () -> {
                    try (var socket = Clients.connect(target.port())) {
                        return echoes(new DataInputStream(socket.getInputStream()), socket.getOutputStream(), end);
                    }
                })
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public String describe(Target target, int seconds) {
        return "messages of %d bytes to ws://127.0.0.1:%d/echo over %d connections"
                .formatted(bytes, target.port(), connections);
    }

    private long echoes(DataInputStream in, OutputStream out, long end) throws IOException {
        upgrade(in, out);
        byte[] message = frame(0x80, new byte[4 + bytes]);
        byte[] expected = frame(0, new byte[bytes]);
        long echoes = 0;
        while (System.nanoTime() < end) {
            out.write(message);
            byte[] echo = in.readNBytes(expected.length);
            if (!Arrays.equals(echo, expected)) {
                throw new IOException("a message did not come back as it was sent");
            }
            echoes++;
        }
        return echoes;
    }

    /** A binary frame (RFC 6455 §5.2); a mask of zeros changes nothing of a message. */
    private byte[] frame(int mask, byte[] rest) {
        var frame = new byte[2 + rest.length];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) (mask | bytes);
        return frame;
    }

    static void upgrade(DataInputStream in, OutputStream out) throws IOException {
        out.write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        Clients.expectHead(in, "HTTP/1.1 101 ");
    }
}
