package dev.portico.proxy.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Carries whole lines from one thread to one other thread, without locks or garbage. */
final class ByteRing {
    private final byte[] bytes;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** Of a power of two of bytes. */
    ByteRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity is " + capacity + ", expected a power of two");
        }
        bytes = new byte[capacity];
        mask = capacity - 1;
    }

    /** Puts a line in, or drops and counts it where there is no room; true when half full. The writing thread's. */
    boolean put(byte[] line, int length) {
        long at = written.getPlain();
        long used = at - read.getAcquire();
        if (used + length > bytes.length) {
            dropped.setOpaque(dropped.getPlain() + 1);
            return true;
        }
        int start = (int) at & mask;
        int first = Math.min(length, bytes.length - start);
        System.arraycopy(line, 0, bytes, start, first);
        System.arraycopy(line, first, bytes, 0, length - first);
        written.setRelease(at + length);
        return used + length > bytes.length / 2;
    }

    /** Writes all that is there. The reading thread's; what cannot be written is gone. */
    int drainTo(OutputStream out) throws IOException {
        long from = read.getPlain();
        int length = (int) (written.getAcquire() - from);
        if (length == 0) {
            return 0;
        }
        int start = (int) from & mask;
        int first = Math.min(length, bytes.length - start);
        try {
            out.write(bytes, start, first);
            out.write(bytes, 0, length - first);
        } finally {
            read.setRelease(from + length);
        }
        return length;
    }

    long dropped() {
        return dropped.getOpaque();
    }
}
