package dev.portico.proxy.http1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that answers on plain sockets and remembers every head it saw. */
final class Origin implements AutoCloseable {
    final List<String> heads = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Conversation conversation;

    /** What is done with one connection, of which {@code head} reads the next head. */
    @FunctionalInterface
    interface Conversation {
        void hold(Origin origin, Socket socket) throws IOException;
    }

    Origin(Conversation conversation) throws IOException {
        this("127.0.0.1", conversation);
    }

    Origin(String address, Conversation conversation) throws IOException {
        this.server = new ServerSocket(0, 512, InetAddress.getByName(address));
        this.conversation = conversation;
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers everything with 200 and the body {@code ok}, after it has read the request's body. */
    static Origin ok() throws IOException {
        return new Origin((origin, socket) -> {
            while (true) {
                String head = origin.head(socket);
                if (head.isEmpty()) {
                    return;
                }
                body(head, socket.getInputStream());
                answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });
    }

    /** Answers with as many bytes as the path says, and closes. */
    static Origin bySize() throws IOException {
        return new Origin((self, socket) -> {
            int size = Integer.parseInt(self.head(socket).split("[/ ]")[2]);
            answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(size));
        });
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            conversation.hold(this, socket);
        } catch (IOException e) {
            // the connection is gone, which is what some tests want
        }
    }

    /** The next head; empty at the connection's end. */
    String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        heads.add(head.toString());
        return head.toString();
    }

    static String body(String head, InputStream in) throws IOException {
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            var body = new StringBuilder();
            while (!body.toString().matches("(?s)(.*\r\n)?0\r\n(.*\r\n)?\r\n")) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("the body ends in the middle");
                }
                body.append((char) octet);
            }
            return body.toString();
        }
        int at = lower.indexOf("content-length: ");
        if (at < 0) {
            return "";
        }
        int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    static void answer(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Closes every connection, as an endpoint that restarts. */
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
