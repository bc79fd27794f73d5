package dev.portico.proxy.upstream;

import java.io.InputStream;

/** So many bytes. */
final class Zeros extends InputStream {
    private int left;

    Zeros(int size) {
        this.left = size;
    }

    @Override
    public int read() {
        return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        int size = Math.min(left, length);
        left -= size;
        return size;
    }
}
