package dev.portico.e2e.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients of this process: a thread for each connection, which wakes up when its answer is there. */
final class Clients {
    private static final int PATIENCE_MILLIS = 10_000;

    private Clients() {}

    /** Runs as many at once; fails if one does. */
    static <T> List<T> run(int count, Callable<T> client) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(count)) {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < count; i++) {
                running.add(threads.submit(client));
            }
            var results = new ArrayList<T>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException("a client was not answered", e.getCause());
        }
    }

    static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Reads a head, and nothing behind it. */
    static void expectHead(DataInputStream in, String begin) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith(begin)) {
            throw new IOException("the answer is " + head + ", expected " + begin);
        }
    }
}
