package dev.portico.images;

import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.List;

/** An echo that is asked by HTTP/1.1, HTTP/2 and WebSocket. */
final class EchoRehearsal implements Rehearsal {
    private static final String HOST = "echo.example.org";

    private final Client client = new Client();
    private final int port;

    EchoRehearsal() throws IOException {
        port = Client.freePort();
    }

    @Override
    public List<String> arguments() {
        return List.of("--service=shop", "--namespace=shop", "--port=" + port);
    }

    @Override
    public void awaitServed(Process process) throws InterruptedException {
        Client.awaitServed(process, port, HOST);
    }

    @Override
    public void perform() throws InterruptedException {
        client.ask(port, HOST, "/", HttpVersion.HTTP_1_1, false, "", 200);
        client.ask(port, HOST, "/cart", HttpVersion.HTTP_1_1, false, "two apples", 200);
        client.ask(port, HOST, "/cart", HttpVersion.HTTP_2, false, "two apples", 200);
        client.speak(port, HOST);
    }

    @Override
    public void close() {
        client.close();
    }
}
