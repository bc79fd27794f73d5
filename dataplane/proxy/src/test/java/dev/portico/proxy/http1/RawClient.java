package dev.portico.proxy.http1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that says exactly what it is told to. */
final class RawClient implements AutoCloseable {
    final Socket socket;
    /** Whether the connection ended by a reset. */
    boolean wasReset;

    RawClient(InetAddress address, int port) throws IOException {
        socket = new Socket(address, port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** One response with its body; empty where the connection ended before one. */
    String response() throws IOException {
        String head = until("\r\n\r\n");
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return head + (lower.contains("\r\n0\r\n") ? "" : chunks());
        }
        int at = lower.indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private String chunks() throws IOException {
        var all = new StringBuilder();
        while (true) {
            String line = until("\r\n");
            all.append(line);
            if (line.isEmpty() || line.startsWith("0\r\n")) {
                String trailer = until("\r\n");
                all.append(trailer);
                while (trailer.length() > 2) {
                    trailer = until("\r\n");
                    all.append(trailer);
                }
                return all.toString();
            }
            int size = Integer.parseInt(line.strip(), 16);
            all.append(new String(socket.getInputStream().readNBytes(size + 2), StandardCharsets.ISO_8859_1));
        }
    }

    String until(String end) throws IOException {
        var read = new StringBuilder();
        byte[] octet = new byte[1];
        while (read.length() < end.length()
                || !read.substring(read.length() - end.length()).equals(end)) {
            if (read(octet) < 0) {
                return read.toString();
            }
            read.append((char) Byte.toUnsignedInt(octet[0]));
        }
        return read.toString();
    }

    /** Everything until the connection ends; {@link #wasReset} says how. */
    String toEnd() throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] part = new byte[16 * 1024];
        for (int length = read(part); length >= 0; length = read(part)) {
            all.write(part, 0, length);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private int read(byte[] part) throws IOException {
        try {
            return socket.getInputStream().read(part);
        } catch (SocketException e) {
            wasReset = true;
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
