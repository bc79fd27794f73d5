package dev.portico.standalone.echo;

import dev.portico.echo.Behaviour;
import dev.portico.echo.Echo;
import dev.portico.operator.model.ObjectRef;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One server for each Service, on a port of its own choosing on 127.0.0.1. */
public final class EchoServers implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final Map<ObjectRef, HttpServer> servers = new HashMap<>();

    /** The port that answers for the Service. */
    public int port(ObjectRef service) {
        return servers.computeIfAbsent(service, this::listen).actualPort();
    }

    /** Ends the servers of all Services but these. */
    public void retain(Set<ObjectRef> services) {
        servers.entrySet().removeIf(entry -> {
            if (services.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().close();
            return true;
        });
    }

    private HttpServer listen(ObjectRef service) {
        return Echo.listen(vertx, Behaviour.echo(service.name(), service.namespace()), LOOPBACK, 0)
                .await();
    }

    @Override
    public void close() {
        Future.await(vertx.close());
    }
}
