package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.List;

/** Unary calls of gRPC over HTTP/2 without TLS: a message of 100 bytes, which the endpoint echoes. */
record Grpc(int connections, int streams) implements Load {
    @Override
    public long ask(Target target, int seconds) throws IOException, InterruptedException {
        return H2load.succeeded(command(target, seconds));
    }

    @Override
    public String describe(Target target, int seconds) {
        return String.join(" ", command(target, seconds));
    }

    private List<String> command(Target target, int seconds) {
        return List.of(
                "h2load",
                "-c" + connections,
                "-m" + streams,
                "-D" + seconds,
                "-d",
                "bench/message.grpc",
                "-H",
                "content-type: application/grpc",
                "-H",
                "te: trailers",
                target.url() + "/bench.Echo/Unary");
    }
}
