package dev.portico.e2e.sockets;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens on, and that the kernel gives to no connection before they are used. */
public final class Ports {
    /** What Linux gives to connections begins above. */
    private static final int FIRST = 10_000;

    private static final int LAST = 30_000;

    private Ports() {}

    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (var _ = new ServerSocket(port)) {
                return port;
            } catch (IOException e) {
                // taken: another one
            }
        }
    }
}
