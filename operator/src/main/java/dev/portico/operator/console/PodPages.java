package dev.portico.operator.console;

import dev.portico.operator.identity.Identities;
import dev.portico.operator.push.ConfigPort;
import dev.portico.operator.push.LinkState;
import dev.portico.operator.push.Replica;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.proxy.handler.ProxyHandler;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The admin pages of pods, fetched over the config channel: of replicas that the operator knows, and these pages alone.
 * A pod that somebody took over cannot make more of it than text: what it says beside its status and its body is dropped.
 */
final class PodPages {
    static final List<String> PAGES = List.of("readyz", "metrics", "debug/snapshot");
    private static final int MAX_AT_ONCE = 8;

    private final Vertx vertx;
    private final Identities identities;
    private final Supplier<Standing> standing;
    private final Duration deadline;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    /** @param deadline for the whole of a page */
    PodPages(Vertx vertx, Identities identities, Supplier<Standing> standing, Duration deadline) {
        this.vertx = vertx;
        this.identities = identities;
        this.standing = standing;
        this.deadline = deadline;
    }

    static String path(Replica replica, String page) {
        return Html.path("pods", replica.id()) + "/" + page;
    }

    void show(RoutingContext context, String page) {
        var replica = replica(context.pathParam("id"));
        if (replica.isEmpty()) {
            Console.notFound(context);
        } else if (places.tryAcquire()) {
            context.addEndHandler(_ -> places.release());
            // Until the pod is reached: the proxy wants to read the request from its beginning.
            context.request().pause();
            open(replica.get())
                    .onSuccess(client -> ask(context, client, replica.get(), "/" + page))
                    .onFailure(failure -> unreached(context, failure));
        } else {
            Console.end(context, 503, MAX_AT_ONCE + " pages of pods are being fetched: try again\n");
        }
    }

    private Optional<Replica> replica(String id) {
        return standing.get().replicas().stream()
                .map(LinkState::replica)
                .filter(replica -> replica.id().equals(id))
                .findFirst();
    }

    // A client for each page: nothing to keep, and always the identity of today.
    private Future<HttpClient> open(Replica replica) {
        return vertx.executeBlocking(() -> vertx.createHttpClient(ConfigPort.options(identities, replica)), false);
    }

    private void ask(RoutingContext context, HttpClient client, Replica replica, String path) {
        vertx.setTimer(deadline.toMillis(), _ -> client.close());
        context.addEndHandler(_ -> client.close());
        var options =
                new RequestOptions().setMethod(HttpMethod.GET).setURI(path).setTimeout(deadline.toMillis());
        client.request(options)
                .onSuccess(request -> ProxyHandler.create(proxy(client, request, replica, path))
                        .handle(context))
                .onFailure(failure -> unreached(context, failure));
    }

    private static HttpProxy proxy(HttpClient client, HttpClientRequest request, Replica replica, String path) {
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(_ -> Future.succeededFuture(request))
                .addInterceptor(new TextOnly(HostAndPort.authority(replica.host(), replica.port()), path));
    }

    private static void unreached(RoutingContext context, Throwable failure) {
        Console.end(context, 502, "the pod was not reached: " + failure.getMessage() + "\n");
    }

    /** Nothing of the browser's request reaches the pod, and nothing but text comes back. */
    private record TextOnly(HostAndPort pod, String path) implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            var request = context.request();
            request.setAuthority(pod).setURI(path).headers().clear();
            return context.sendRequest();
        }

        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            var response = context.response();
            var body = response.getBody();
            response.headers().clear();
            if (body != null) {
                response.setBody(Body.body(body.stream(), body.length(), Console.TEXT));
            }
            return context.sendResponse();
        }
    }
}
