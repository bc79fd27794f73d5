package dev.portico.wire;

import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HeaderChange;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.PathModifier;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.RequestHeaders;
import dev.portico.routetable.Respond;
import dev.portico.routetable.ResponseHeaders;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Tls;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.UrlRewrite;
import dev.portico.routetable.ValueMatch;
import dev.portico.routetable.VirtualHost;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table in which every word and every component of it has a value. */
final class EveryWord {
    private EveryWord() {}

    static List<Section> sections() {
        return sections(new ClientLimits(
                new ClientLimits.Connections(1_000, 10, 100),
                new ClientLimits.Headers(2_048, 8_192, 50),
                new ClientLimits.Timeouts(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)),
                new ClientLimits.MinBodyRate(1_000, Duration.ofSeconds(5)),
                new ClientLimits.Http2(10, 20, Duration.ofSeconds(6))));
    }

    /** What the stored table of 0.1 says: the words of that release. */
    static List<Section> sectionsOfTheFirstRelease() {
        return sections(null);
    }

    private static List<Section> sections(@Nullable ClientLimits limits) {
        return List.of(
                listener(limits),
                host(),
                new Upstream("shop/cart:80", new Balancer.RoundRobin()),
                new Endpoints(
                        "shop/cart:80",
                        List.of(new Endpoints.Endpoint("10.0.0.1", 8080), new Endpoints.Endpoint("fd00::1", 8080))),
                new Certificate(
                        "shop/tls",
                        List.of("https-443"),
                        List.of(HostPattern.ANY, new HostPattern(HostPattern.Kind.ONE_LABEL, "example.org")),
                        "CHAIN",
                        "KEY"));
    }

    /** Upstreams with the words that came after the first release. */
    static List<Section> newerUpstreams() {
        var names = List.of(
                new UpstreamTls.Name(UpstreamTls.Name.Kind.DNS, "cart.internal"),
                new UpstreamTls.Name(UpstreamTls.Name.Kind.URI, "spiffe://shop/cart"));
        return Stream.of(
                        new UpstreamTls.Authorities("CA", names),
                        new UpstreamTls.SystemAuthorities(names),
                        new UpstreamTls.Anybody())
                .<Section>map(trust -> new Upstream(
                        "shop/cart:443",
                        new Balancer.RoundRobin(),
                        HttpVersion.HTTP2,
                        new UpstreamTls(
                                "cart.internal",
                                trust,
                                new UpstreamTls.Identity("CHAIN", "KEY"),
                                Tls.MinVersion.TLS_1_2)))
                .toList();
    }

    private static HttpListener listener(@Nullable ClientLimits limits) {
        return new HttpListener(
                "https-443",
                443,
                List.of(HttpVersion.HTTP1, HttpVersion.HTTP2),
                new Tls(Tls.MinVersion.TLS_1_3),
                new ClientTraffic(
                        new ClientTraffic.TrustedProxies(
                                List.of("10.0.0.0/8"), ClientTraffic.ForwardingHeader.FORWARDED),
                        ClientTraffic.ServerHeader.PASS,
                        new ClientTraffic.RequestId("X-Id", ClientTraffic.RequestId.Mode.GENERATE),
                        ClientTraffic.EscapedSlashes.KEEP,
                        ClientTraffic.UnderscoreHeaders.REJECT,
                        limits),
                new AccessLog(AccessLog.Format.TEXT, 50));
    }

    private static VirtualHost host() {
        return new VirtualHost(
                new HostPattern(HostPattern.Kind.LABELS, "example.org"),
                List.of(
                        new VirtualHost.Binding("http-80", new VirtualHost.HttpsRedirect(308, 443)),
                        new VirtualHost.Binding("https-443", null)),
                List.of(forward(), redirect(), respond()));
    }

    private static Route forward() {
        var header = new ValueMatch(ValueMatch.Kind.REGULAR_EXPRESSION, "X-Team", "a+");
        var change = new HeaderChange(
                List.of(new HeaderChange.Header("X-Set", "1")),
                List.of(new HeaderChange.Header("X-Add", "")),
                List.of("X-Gone"));
        return new Route(
                "Gateway/shop/edge/cart",
                new Match(
                        new PathMatch(PathMatch.Kind.EXACT, "/cart"),
                        "GET",
                        List.of(header),
                        List.of(new ValueMatch(ValueMatch.Kind.EXACT, "q", "1")),
                        List.of(new ValueMatch(ValueMatch.Kind.EXACT, "c", "1"))),
                List.of(
                        limit(header),
                        new UrlRewrite("inner.example.org", new PathModifier.ReplacePrefixMatch("/")),
                        new RequestHeaders(change),
                        new ResponseHeaders(change)),
                new Forward(List.of(new Forward.Target("shop/cart:80", 9), new Forward.Target(null, 1))),
                new Timeouts(Duration.ofSeconds(10), Duration.ofMillis(1500)));
    }

    private static RateLimit limit(ValueMatch header) {
        return new RateLimit(
                "RateLimit/shop/plans/bulk",
                List.of(new RateLimit.Condition(
                        List.of("POST"), new PathMatch(PathMatch.Kind.PREFIX, "/cart"), List.of(header))),
                List.of(
                        new RateLimit.KeyPart(RateLimit.KeyPart.Attribute.CLIENT_IP, null),
                        new RateLimit.KeyPart(RateLimit.KeyPart.Attribute.HEADER, "X-Device")),
                24,
                64,
                new RateLimit.TokenBucket(100, Duration.ofSeconds(1), 200),
                List.of("10.0.0.0/8"),
                RateLimit.Mode.SHADOW,
                new RateLimit.Refusal(429, RateLimit.HeaderStyle.X_RATE_LIMIT, "{}", "application/json"));
    }

    private static Route redirect() {
        return new Route(
                "Gateway/shop/edge/old",
                Match.path(PathMatch.Kind.REGULAR_EXPRESSION, "/old/[0-9]+"),
                List.of(),
                new Redirect("https", "new.example.org", new PathModifier.ReplaceFullPath("/new"), 8443, 301),
                Timeouts.DEFAULT);
    }

    private static Route respond() {
        return new Route(
                "Ingress/shop/closed", Match.ALL, List.of(), new Respond(503, "policy-invalid"), Timeouts.DEFAULT);
    }
}
