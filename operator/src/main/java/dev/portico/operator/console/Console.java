package dev.portico.operator.console;

import dev.portico.operator.identity.Identities;
import dev.portico.operator.model.ObjectRef;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Serves the web page: read-only, without scripts. */
public final class Console implements AutoCloseable {
    static final String TEXT = "text/plain; charset=utf-8";
    private static final Duration POD_DEADLINE = Duration.ofSeconds(10);
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final Supplier<Standing> standing;
    private final PodPages pods;
    private final boolean loopback;
    private final Buffer style = style();
    private final HttpServer server;

    private Console(Vertx vertx, Supplier<Standing> standing, PodPages pods, boolean loopback) {
        this.vertx = vertx;
        this.standing = standing;
        this.pods = pods;
        this.loopback = loopback;
        var config = new HttpServerConfig().setVersions(HttpVersion.HTTP_1_1).setIdleTimeout(Duration.ofMinutes(1));
        this.server = vertx.createHttpServer(config).requestHandler(router());
    }

    /**
     * @param host where it is bound to loopback, it answers to names of loopback alone
     * @param port 0: any that is free
     * @param standing asked for each page, from any thread
     */
    public static Console start(
            Vertx vertx, String host, int port, Supplier<Standing> standing, Identities identities) {
        return start(vertx, host, port, standing, new PodPages(vertx, identities, standing, POD_DEADLINE));
    }

    static Console start(Vertx vertx, String host, int port, Supplier<Standing> standing, PodPages pods) {
        var address = new InetSocketAddress(host, port).getAddress();
        var console = new Console(vertx, standing, pods, address != null && address.isLoopbackAddress());
        console.server.listen(port, host).await();
        return console;
    }

    public int port() {
        return server.actualPort();
    }

    private Router router() {
        var router = Router.router(vertx);
        router.route().handler(this::guard);
        router.route("/").handler(context -> show(context, now -> Optional.of(new OverviewPage(now).html())));
        router.route("/gateways/:namespace/:name").handler(context -> show(context, now -> gateway(context, now)));
        router.route("/style.css").handler(context -> end(context, 200, "text/css; charset=utf-8", style));
        PodPages.PAGES.forEach(page -> router.get("/pods/:id/" + page).handler(context -> pods.show(context, page)));
        return router;
    }

    private void guard(RoutingContext context) {
        context.response()
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-frame-options", "DENY")
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-resource-policy", "same-origin")
                .putHeader("cache-control", "no-store");
        var method = context.request().method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            context.response().putHeader("allow", "GET, HEAD");
            end(context, 405, "GET only\n");
        } else if (loopback && !isForLoopback(context.request())) {
            end(context, 421, "this is the console of localhost, and not of the host that was asked for\n");
        } else {
            context.next();
        }
    }

    // A page of somewhere else may have its own name resolved to 127.0.0.1, to read what is only for this machine.
    private static boolean isForLoopback(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null) {
            return false;
        }
        var host = authority.host();
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void show(RoutingContext context, Function<Standing, Optional<Html>> page) {
        var now = standing.get();
        vertx.executeBlocking(() -> page.apply(now).map(Html::toString), false)
                .onSuccess(html -> html.ifPresentOrElse(
                        text -> end(context, 200, "text/html; charset=utf-8", Buffer.buffer(text)),
                        () -> notFound(context)))
                .onFailure(context::fail);
    }

    private static Optional<Html> gateway(RoutingContext context, Standing now) {
        var ref = ObjectRef.gateway(context.pathParam("namespace"), context.pathParam("name"));
        return Optional.ofNullable(now.compiled().gateways().get(ref))
                .map(report -> new GatewayPage(now, report).html());
    }

    static void notFound(RoutingContext context) {
        end(context, 404, "not found\n");
    }

    static void end(RoutingContext context, int status, String text) {
        end(context, status, TEXT, Buffer.buffer(text));
    }

    private static void end(RoutingContext context, int status, String type, Buffer body) {
        context.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }

    private static Buffer style() {
        try (var file = Console.class.getResourceAsStream("style.css")) {
            return Buffer.buffer(Objects.requireNonNull(file, "style.css").readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close().await();
    }
}
