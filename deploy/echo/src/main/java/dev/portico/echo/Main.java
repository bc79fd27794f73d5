package dev.portico.echo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An echo as a process of its own: what a pod of the examples runs. */
public final class Main {
    /** Of SIGTERM's usual 30. */
    private static final int SECONDS_TO_LEAVE = 20;

    private Main() {}

    public static void main(String[] arguments) {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        List<Future<HttpServer>> servers;
        try {
            var config = EchoConfig.parse(List.of(arguments));
            servers = config.ports().stream()
                    .map(port -> Echo.listen(vertx, config.behaviour(), "0.0.0.0", port))
                    .toList();
            Future.all(servers)
                    .onSuccess(_ -> System.out.println(
                            "answering for " + config.behaviour().service() + " on " + config.ports()))
                    .onFailure(Main::leave);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> Future.join(servers.stream()
                                        .map(server -> server.result().shutdown(SECONDS_TO_LEAVE, TimeUnit.SECONDS))
                                        .toList())
                                .await(),
                        "leave"));
    }

    private static void leave(Throwable cause) {
        System.err.println(cause.getMessage());
        System.exit(1);
    }
}
