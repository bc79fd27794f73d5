package dev.portico.proxy.tunnel;

import io.netty.buffer.ByteBuf;

/** Follows the frames of one direction (RFC 6455 §5.2) by their heads; payloads are skipped, masked as they are. */
final class Frames {
    private static final int CLOSE = 0x8;

    private int headRead;
    private int opcode;
    private int lengthBytes;
    private int maskBytes;
    private long payload;
    private boolean closed;
    private boolean lost;

    /** Whether the next byte begins a frame. */
    boolean atBoundary() {
        return headRead == 0 && !lost;
    }

    /** Whether a Close frame has come to its end. */
    boolean closed() {
        return closed;
    }

    /** Whether what came cannot be frames, so that no boundary will be known any more. */
    boolean lost() {
        return lost;
    }

    /** Follows all of the data. */
    void follow(ByteBuf data) {
        int at = data.readerIndex();
        while (at < data.writerIndex()) {
            at = next(data, at);
        }
    }

    /** Follows the data from an index to the end of a frame, or to its own end; returns the index behind it. */
    int next(ByteBuf data, int from) {
        int at = from;
        while (at < data.writerIndex()) {
            if (lost) {
                return data.writerIndex();
            }
            if (headRead < 2 + lengthBytes + maskBytes) {
                head(data.getByte(at++) & 0xff);
            } else {
                long skipped = Math.min(payload, data.writerIndex() - at);
                payload -= skipped;
                at += (int) skipped;
            }
            if (headRead >= 2 && headRead == 2 + lengthBytes + maskBytes && payload == 0) {
                closed |= opcode == CLOSE;
                headRead = 0;
                return at;
            }
        }
        return at;
    }

    private void head(int octet) {
        if (headRead == 0) {
            opcode = octet & 0xf;
            lengthBytes = 0;
            maskBytes = 0;
        } else if (headRead == 1) {
            int length = octet & 0x7f;
            maskBytes = octet >> 7 << 2;
            lengthBytes = length == 127 ? 8 : length == 126 ? 2 : 0;
            payload = lengthBytes == 0 ? length : 0;
        } else if (headRead < 2 + lengthBytes) {
            payload = payload << 8 | octet;
            lost = payload < 0;
        }
        headRead++;
    }
}
