package dev.portico.proxy.http2;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** An endpoint that speaks HTTP/1.1 byte by byte and does what the path says. Remembers all heads it was sent. */
final class Origin implements AutoCloseable {
    static final int LARGE = 32 * 1024 * 1024;
    static final int TINY = 1_000_000;

    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<String> trailers = new CopyOnWriteArrayList<>();
    final AtomicLong written = new AtomicLong();
    final AtomicLong received = new AtomicLong();
    final AtomicLong chunks = new AtomicLong();
    /** Opened by the test to let {@code /slow} read on. */
    final CountDownLatch gate = new CountDownLatch(1);

    /** Each permit lets {@code /events} and {@code /talk} say one more event. */
    final Semaphore events = new Semaphore(0);

    private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Origin() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var out = new BufferedOutputStream(socket.getOutputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                answer(line, in, out);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // the proxy gave the connection up
        }
    }

    private void answer(String requestLine, InputStream in, OutputStream out) throws IOException, InterruptedException {
        var head = new StringBuilder(requestLine).append('\n');
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
        }
        heads.add(head.toString());
        String path = requestLine.split(" ")[1];
        switch (path) {
            case "/hang" -> {
                var _ = in.transferTo(OutputStream.nullOutputStream());
                throw new IOException("the proxy has given it up");
            }
            case "/early" -> respond(out, 200, "early");
            case "/slow" -> gate.await();
            default -> {}
        }
        long length = body(head.toString(), in);
        switch (path) {
            case "/large" -> large(out);
            case "/tiny" -> tiny(out);
            case "/trailers" ->
                write(
                        out,
                        "HTTP/1.1 200 OK\r\nTrailer: x-sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 42\r\n\r\n");
            case "/hints" -> {
                write(out, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
                respond(out, 200, "hinted");
            }
            case "/head" -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
            case "/cut" -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
                out.flush();
                throw new IOException("as the path says");
            }
            case "/early" -> {}
            case "/events" -> events(out, "text/event-stream");
            case "/talk" -> events(out, "application/grpc");
            case "/talk-much" -> talk(out);
            case "/chat" -> chat(accept(head.toString()), in, out);
            case "/chat-of-another" -> chat("another", in, out);
            case "/forbidden" -> respond(out, 403, "no");
            default -> respond(out, 200, head + "body " + length);
        }
    }

    private void events(OutputStream out, String type) throws IOException, InterruptedException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 3; i++) {
            out.flush();
            events.acquire();
            write(out, "9\r\ndata: " + i + "\n\n\r\n");
        }
        out.flush();
        events.acquire();
        write(out, "0\r\n\r\n");
    }

    /** Agrees to a WebSocket and says everything again. */
    private static void chat(String accept, InputStream in, OutputStream out) throws IOException {
        write(out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
        write(out, "Content-Length: 0\r\n");
        write(out, "Sec-WebSocket-Accept: " + accept + "\r\nSec-WebSocket-Protocol: soap\r\n\r\n");
        out.flush();
        byte[] part = new byte[1024];
        for (int read = in.read(part); read > 0; read = in.read(part)) {
            out.write(part, 0, read);
            out.flush();
        }
        throw new IOException("the client has ended");
    }

    private static String accept(String head) {
        String key = head.lines()
                .filter(line -> line.regionMatches(true, 0, "sec-websocket-key:", 0, 18))
                .map(line -> line.substring(18).strip())
                .findFirst()
                .orElse("");
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void large(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        byte[] part = new byte[16 * 1024];
        for (int sent = 0; sent < LARGE; sent += part.length) {
            out.write(part);
            written.addAndGet(part.length);
        }
    }

    private static void talk(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] part = new byte[16 * 1024];
        for (int sent = 0; sent < LARGE; sent += part.length) {
            write(out, "4000\r\n");
            out.write(part);
            write(out, "\r\n");
        }
        write(out, "0\r\n\r\n");
    }

    /** A chunk for each byte. */
    private void tiny(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunks = "1\r\nx\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; sent < TINY; sent += 1_000) {
            out.write(chunks);
            written.addAndGet(1_000);
        }
        write(out, "0\r\n\r\n");
    }

    private long body(String head, InputStream in) throws IOException {
        if (head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
            return chunks(in);
        }
        long length = head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        skip(in, length);
        return length;
    }

    private long chunks(InputStream in) throws IOException {
        long length = 0;
        for (int size = size(in); size > 0; size = size(in)) {
            skip(in, size);
            line(in);
            length += size;
            chunks.incrementAndGet();
        }
        for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
            trailers.add(trailer);
        }
        return length;
    }

    private static int size(InputStream in) throws IOException {
        String size = line(in);
        if (size.isEmpty()) {
            throw new IOException("the body ends early");
        }
        return Integer.parseInt(size, 16);
    }

    private void skip(InputStream in, long length) throws IOException {
        byte[] part = new byte[16 * 1024];
        long left = length;
        while (left > 0) {
            int read = in.read(part, 0, (int) Math.min(part.length, left));
            if (read < 0) {
                throw new IOException("the body ends early");
            }
            received.addAndGet(read);
            left -= read;
        }
    }

    private static void respond(OutputStream out, int status, String text) throws IOException {
        write(out, "HTTP/1.1 " + status + " OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
