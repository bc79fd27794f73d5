package dev.portico.e2e.bench;

import java.io.IOException;

/** What clients ask. */
sealed interface Load permits Wrk, H2load, Handshakes, Paced, Grpc, WebSockets {
    /** Asks for a while and returns how many requests were answered; fails unless all were, with 2xx. */
    long ask(Target target, int seconds) throws IOException, InterruptedException;

    /** The command, or what is done instead of one. */
    String describe(Target target, int seconds);
}
