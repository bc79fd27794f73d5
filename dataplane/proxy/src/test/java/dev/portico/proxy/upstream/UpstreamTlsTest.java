package dev.portico.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.tls.Engine;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Tls;
import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.UpstreamTls.Identity;
import dev.portico.routetable.UpstreamTls.Name;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is believed, and who is not. */
class UpstreamTlsTest {
    private static final Name ORDERS = dns("orders.internal");
    private static final Name SPIFFE = new Name(Name.Kind.URI, "spiffe://shop/orders");

    private final Authority authority = new Authority();

    private static Name dns(String name) {
        return new Name(Name.Kind.DNS, name);
    }

    static Stream<Engine> engines() {
        return Stream.of(Engine.jdk(), Engine.best());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anEndpointWithTheRightNameIsAskedInWhatAlpnAgreesUpon(Engine engine) throws Exception {
        for (HttpVersion version : HttpVersion.values()) {
            try (var endpoint = endpoint(authority.issue(ORDERS), version, null);
                    var way = way(engine, null, strict(authority, null, ORDERS), endpoint.port())) {
                assertThat(way.get("/a").body()).isEqualTo(version == HttpVersion.HTTP2 ? "GET /a 0" : "plain GET /a");
                assertThat(way.get("/b").statusCode()).isEqualTo(200);
                assertThat(endpoint.connections).hasValue(1);
            }
        }
    }

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of(ORDERS, ORDERS, true),
                Arguments.of(dns("ORDERS.internal"), ORDERS, true),
                Arguments.of(dns("*.internal"), ORDERS, false),
                Arguments.of(dns("*.shop.internal"), dns("orders.shop.internal"), true),
                Arguments.of(dns("*.shop.internal"), dns("a.orders.shop.internal"), false),
                Arguments.of(dns("*.shop.internal"), dns("shop.internal"), false),
                Arguments.of(dns("other.internal"), ORDERS, false),
                Arguments.of(SPIFFE, SPIFFE, true),
                Arguments.of(new Name(Name.Kind.URI, "spiffe://shop/cart"), SPIFFE, false),
                Arguments.of(dns("spiffe"), SPIFFE, false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void onlyACertificateWithTheRightNameIsBelieved(Name certified, Name wanted, boolean believed) throws Exception {
        try (var endpoint = endpoint(authority.issue(certified), HttpVersion.HTTP2, null);
                var way = way(Engine.best(), null, strict(authority, null, wanted), endpoint.port())) {
            assertThat(way.get("/").statusCode()).isEqualTo(believed ? 200 : 502);
            assertThat(way.reasons).containsExactly(believed ? "served" : "upstream_tls_failed");
            await().until(() -> way.leased() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anotherAuthorityIsNotBelieved(Engine engine) throws Exception {
        try (var endpoint = endpoint(new Authority().issue(ORDERS), HttpVersion.HTTP2, null);
                var way = way(engine, null, strict(authority, null, ORDERS), endpoint.port())) {
            assertThat(way.get("/").statusCode()).isEqualTo(502);
            assertThat(endpoint.heads).isEmpty();
            way.use(null, new UpstreamTls(null, new UpstreamTls.Anybody(), null, Tls.MinVersion.TLS_1_2));
            assertThat(way.get("/").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anEndpointThatAsksForACertificateIsShownOurs(Engine engine) throws Exception {
        try (var endpoint = endpoint(authority.issue(ORDERS), HttpVersion.HTTP2, authority);
                var way = way(engine, HttpVersion.HTTP2, strict(authority, null, ORDERS), endpoint.port())) {
            assertThat(way.get("/").statusCode()).isEqualTo(502);
            way.use(HttpVersion.HTTP2, strict(authority, new Authority().issue(ORDERS), ORDERS));
            assertThat(way.get("/").statusCode()).isEqualTo(502);
            way.use(HttpVersion.HTTP2, strict(authority, authority.issue(dns("edge")), ORDERS));
            assertThat(way.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void rotatedAuthoritiesHoldForNewConnections() throws Exception {
        var next = new Authority();
        try (var before = endpoint(authority.issue(ORDERS), HttpVersion.HTTP2, null);
                var way = way(Engine.best(), null, strict(authority, null, ORDERS), before.port())) {
            assertThat(way.get("/").statusCode()).isEqualTo(200);
            way.use(null, strict(next, null, ORDERS));
            assertThat(way.get("/").statusCode()).isEqualTo(502);
            way.use(null, strict(authority, null, ORDERS));
            assertThat(way.get("/").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aWebSocketIsOpenedInHttp1WhateverElseTheEndpointSpeaks(Engine engine) throws Exception {
        try (var endpoint = endpoint(authority.issue(ORDERS), null, null);
                var way = way(engine, null, strict(authority, null, ORDERS), endpoint.port())) {
            assertThat(way.get("/a").body()).isEqualTo("GET /a 0");
            try (var raw = new RawClient(way.port())) {
                raw.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n");
                raw.send("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
                assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 101");
                raw.send("two apples");
                assertThat(raw.until("apples")).isEqualTo("two apples");
            }
            assertThat(way.get("/b").body()).isEqualTo("GET /b 0");
            await().until(() -> way.leased() == 0);
            assertThat(endpoint.connections).hasValue(2);
        }
    }

    @Test
    void anEndpointThatSpeaksAnotherProtocolThanItMustIsNotAsked() throws Exception {
        try (var endpoint = endpoint(authority.issue(ORDERS), HttpVersion.HTTP1, null);
                var way = way(Engine.best(), HttpVersion.HTTP2, strict(authority, null, ORDERS), endpoint.port())) {
            assertThat(way.get("/").statusCode()).isEqualTo(502);
            assertThat(way.reasons).containsExactly("upstream_tls_failed");
        }
    }

    @Test
    void anEndpointWithoutTlsIsNotAskedInPlainText() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = way(Engine.best(), null, strict(authority, null, ORDERS), endpoint.port())) {
            assertThat(way.get("/").statusCode()).isEqualTo(502);
            assertThat(endpoint.heads).isEmpty();
        }
    }

    @Test
    void anUpstreamWhoseTlsCannotBeMadeIsAnswered503() throws Exception {
        var broken = new UpstreamTls(
                "a", new UpstreamTls.Authorities("no PEM", List.of(ORDERS)), null, Tls.MinVersion.TLS_1_2);
        try (var endpoint = new Http2Endpoint();
                var way = way(Engine.best(), HttpVersion.HTTP2, broken, endpoint.port())) {
            assertThat(way.get("/").statusCode()).isEqualTo(503);
            assertThat(endpoint.connections).hasValue(0);
        }
    }

    private static Way way(Engine engine, @Nullable HttpVersion protocol, UpstreamTls tls, int port)
            throws IOException {
        return new Way(engine, Timeouts.DEFAULT, protocol, tls, port);
    }

    private static UpstreamTls strict(Authority believed, @Nullable Identity shown, Name name) {
        return new UpstreamTls(
                "orders.internal",
                new UpstreamTls.Authorities(believed.certificate(), List.of(name)),
                shown,
                Tls.MinVersion.TLS_1_3);
    }

    /**
     * @param version what it speaks; absent: either
     * @param clients whose clients it serves; absent: everybody
     */
    private static Http2Endpoint endpoint(Identity identity, @Nullable HttpVersion version, @Nullable Authority clients)
            throws IOException {
        List<String> spoken =
                version == null ? List.of("h2", "http/1.1") : List.of(version == HttpVersion.HTTP2 ? "h2" : "http/1.1");
        SslContextBuilder builder = SslContextBuilder.forServer(bytes(identity.chain()), bytes(identity.privateKey()))
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        spoken));
        if (clients != null) {
            builder.clientAuth(ClientAuth.REQUIRE).trustManager(bytes(clients.certificate()));
        }
        SslContext context = builder.build();
        return new Http2Endpoint(100, context);
    }

    private static InputStream bytes(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1));
    }
}
