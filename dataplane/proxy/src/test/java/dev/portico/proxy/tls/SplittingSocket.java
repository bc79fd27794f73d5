package dev.portico.proxy.tls;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Cuts the first record that is written, a ClientHello, into many records (RFC 8446 §5.1), each a segment. */
final class SplittingSocket extends Socket {
    private static final int HEADER = 5;

    private final int recordSize;

    SplittingSocket(int port, int recordSize) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        setTcpNoDelay(true);
        this.recordSize = recordSize;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            private boolean first = true;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (!first) {
                    out.write(bytes, offset, length);
                    return;
                }
                first = false;
                for (int at = HEADER; at < length; at += recordSize) {
                    int size = Math.min(recordSize, length - at);
                    out.write(ByteBuffer.allocate(HEADER + size)
                            .put(bytes, offset, HEADER - Short.BYTES)
                            .putShort((short) size)
                            .put(bytes, offset + at, size)
                            .array());
                    out.flush();
                }
            }
        };
    }
}
