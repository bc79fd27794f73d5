package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.List;

/**
 * HTTP/1.1 with a TLS connection for each request. h2load keeps no session, so that each handshake is a full one; wrk
 * resumes.
 *
 * @param atOnce opened together; when all are answered others follow
 */
record Handshakes(int atOnce) implements Load {
    @Override
    public long ask(Target target, int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long answered = 0;
        while (System.nanoTime() < end) {
            answered += H2load.succeeded(command(target));
        }
        return answered;
    }

    @Override
    public String describe(Target target, int seconds) {
        return String.join(" ", command(target)) + " again and again";
    }

    private List<String> command(Target target) {
        return List.of("h2load", "--h1", "-c" + atOnce, "-n" + atOnce, target.url() + "/service-0007/items/7/1k");
    }
}
