package dev.portico.proxy.http2;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that sends what it is told, frame by frame. Answers SETTINGS and opens windows as it reads. */
final class RawClient implements AutoCloseable {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Of a frame, where nobody has allowed more (RFC 9113 §4.2). */
    private static final int MOST_PAYLOAD = 16_384;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false, 1 << 20);
    private boolean openingWindows = true;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    static RawClient silent(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    /** After preface and SETTINGS, which may hold settings. */
    static RawClient greeting(int port, int... idsAndValues) throws IOException {
        return greeting(silent(port).socket, idsAndValues);
    }

    /** The same on a connection that is there. */
    static RawClient greeting(Socket socket, int... idsAndValues) throws IOException {
        var client = new RawClient(socket);
        client.out.write(PREFACE);
        var settings = ByteBuffer.allocate(idsAndValues.length * 3);
        for (int i = 0; i < idsAndValues.length; i += 2) {
            settings.putShort((short) idsAndValues[i]).putInt(idsAndValues[i + 1]);
        }
        client.send(Frame.SETTINGS, 0, 0, settings.array());
        client.flush();
        return client;
    }

    /** From here on windows are not opened. */
    void keepWindowsShut() {
        openingWindows = false;
    }

    RawClient send(int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(new Frame(type, flags, stream, payload).bytes());
        return this;
    }

    RawClient raw(byte[] bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    /** In as many frames as it takes. */
    RawClient headers(int stream, boolean last, String... fields) throws IOException {
        byte[] block = Fields.block(fields);
        int type = Frame.HEADERS;
        int flags = last ? Frame.END_STREAM : 0;
        int from = 0;
        for (; block.length - from > MOST_PAYLOAD; from += MOST_PAYLOAD) {
            send(type, flags, stream, Arrays.copyOfRange(block, from, from + MOST_PAYLOAD));
            type = Frame.CONTINUATION;
            flags = 0;
        }
        return send(type, flags | Frame.END_HEADERS, stream, Arrays.copyOfRange(block, from, block.length));
    }

    RawClient data(int stream, boolean last, byte[] data) throws IOException {
        return send(Frame.DATA, last ? Frame.END_STREAM : 0, stream, data);
    }

    RawClient number(int type, int stream, int value) throws IOException {
        return send(type, 0, stream, ByteBuffer.allocate(4).putInt(value).array());
    }

    void flush() throws IOException {
        out.flush();
    }

    /** The next frame; null where the connection has ended. */
    @Nullable
    Frame read() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, stream, payload);
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** The next frame; null where none begins in time. */
    @Nullable
    Frame readWithin(Duration time) throws IOException {
        int before = socket.getSoTimeout();
        socket.setSoTimeout(Math.toIntExact(time.toMillis()));
        try {
            return read();
        } catch (SocketTimeoutException e) {
            return null;
        } finally {
            socket.setSoTimeout(before);
        }
    }

    /** The next frame, which must come. */
    Frame next() throws IOException {
        Frame frame = read();
        if (frame == null) {
            throw new EOFException("the connection ended");
        }
        return frame;
    }

    /** The next frame of a type, which must come. Later heads may refer to those before it. */
    Frame next(int type) throws IOException {
        Frame frame = next();
        while (frame.type() != type) {
            if (frame.type() == Frame.HEADERS) {
                takeHeaders(frame, new Answer());
            }
            frame = next();
        }
        return frame;
    }

    /** Whether the connection ends without another GOAWAY. */
    boolean ends() throws IOException {
        Frame frame = read();
        while (frame != null && frame.type() != Frame.GOAWAY) {
            frame = read();
        }
        return frame == null;
    }

    /** Sends a request without a body and reads its answer. */
    Answer request(int stream, String... fields) throws IOException {
        headers(stream, true, fields).flush();
        return answer(stream);
    }

    /** Reads up to the head of an answer that goes on. */
    Answer head(int stream) throws IOException {
        var answer = new Answer();
        while (answer.head == null) {
            Frame frame = next();
            take(frame, frame.stream() == stream ? answer : new Answer());
        }
        return answer;
    }

    /** Reads the heads of so many answers, in the order in which they come. */
    List<String> statuses(int count) throws IOException {
        var statuses = new ArrayList<String>();
        while (statuses.size() < count) {
            var answer = new Answer();
            take(next(), answer);
            if (answer.head != null) {
                statuses.add(answer.status());
            }
        }
        return statuses;
    }

    /** Reads so many bytes of a stream. */
    void read(int stream, int bytes) throws IOException {
        var answer = new Answer();
        while (answer.body.size() < bytes) {
            Frame frame = next();
            take(frame, frame.stream() == stream ? answer : new Answer());
        }
        if (answer.body.size() > bytes) {
            throw new IOException("got " + answer.body.size() + " bytes, expected " + bytes);
        }
    }

    /** Reads until the stream or the connection ends. */
    Answer answer(int stream) throws IOException {
        var answer = new Answer();
        while (!answer.endSeen && answer.reset < 0) {
            Frame frame = read();
            if (frame == null) {
                throw new EOFException("the connection ended before stream " + stream + " did");
            }
            take(frame, frame.stream() == stream ? answer : new Answer());
        }
        return answer;
    }

    private void take(Frame frame, Answer answer) throws IOException {
        switch (frame.type()) {
            case Frame.HEADERS -> takeHeaders(frame, answer);
            case Frame.DATA -> {
                answer.body.writeBytes(frame.payload());
                if (openingWindows && frame.payload().length > 0) {
                    number(Frame.WINDOW_UPDATE, 0, frame.payload().length);
                    if (!frame.has(Frame.END_STREAM)) {
                        number(Frame.WINDOW_UPDATE, frame.stream(), frame.payload().length);
                    }
                    flush();
                }
            }
            case Frame.RST_STREAM -> answer.reset = frame.error();
            case Frame.SETTINGS -> {
                if (!frame.has(Frame.ACK)) {
                    send(Frame.SETTINGS, Frame.ACK, 0, new byte[0]).flush();
                }
            }
            default -> {}
        }
        boolean canEnd = frame.type() == Frame.HEADERS || frame.type() == Frame.DATA;
        answer.endSeen |= canEnd && frame.has(Frame.END_STREAM);
    }

    private void takeHeaders(Frame frame, Answer answer) throws IOException {
        Http2Headers fields;
        try {
            fields = headers.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        CharSequence status = fields.status();
        if (answer.head != null) {
            answer.trailers = fields;
        } else if (status != null && status.charAt(0) == '1') {
            answer.informational.add(status.toString());
        } else {
            answer.head = fields;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
