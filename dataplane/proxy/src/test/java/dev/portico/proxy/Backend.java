package dev.portico.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Says "ok" to everything, and under /large says 10 MB of nothing. */
final class Backend implements AutoCloseable {
    private static final byte[] OK = {'o', 'k'};
    private static final int LARGE = 10_000_000;
    private static final byte[] PART = new byte[8 * 1024];

    private final HttpServer server;

    Backend() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Backend::ok);
        server.createContext("/large", Backend::large);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void ok(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, OK.length);
            exchange.getResponseBody().write(OK);
        }
    }

    private static void large(HttpExchange exchange) {
        try (exchange) {
            exchange.sendResponseHeaders(200, LARGE);
            for (int sent = 0; sent < LARGE; sent += PART.length) {
                exchange.getResponseBody().write(PART, 0, Math.min(PART.length, LARGE - sent));
            }
        } catch (IOException e) {
            // Whoever asked has left.
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
