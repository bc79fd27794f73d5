package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.List;

/** HTTP/1.1 with a TLS connection for each request, at a steady rate. h2load keeps no session: each handshake is a full one. */
record Handshakes(int perSecond) implements Load {
    @Override
    public long ask(Target target, int seconds) throws IOException, InterruptedException {
        return H2load.succeeded(command(target, seconds));
    }

    @Override
    public String describe(Target target, int seconds) {
        return String.join(" ", command(target, seconds));
    }

    private List<String> command(Target target, int seconds) {
        int all = perSecond * seconds;
        return List.of(
                "h2load", "--h1", "-r" + perSecond, "-c" + all, "-n" + all, target.url() + "/service-07/items/7/1k");
    }
}
