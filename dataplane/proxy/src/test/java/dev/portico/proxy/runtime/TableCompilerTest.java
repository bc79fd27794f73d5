package dev.portico.proxy.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.proxy.pipeline.Router;
import dev.portico.proxy.pipeline.RunnableRoute;
import dev.portico.proxy.upstream.Hop;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import dev.portico.routetable.VirtualHost.HttpsRedirect;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableCompilerTest {
    private final KeyedMemory memory = new KeyedMemory();
    private final TableCompiler compiler =
            new TableCompiler(new Stages(memory, System::nanoTime), (_, endpoints) -> new First(endpoints), this::hop);
    private boolean tls = true;

    private @Nullable Hop hop(Upstream upstream) {
        return tls ? new Hop(upstream.protocol(), null) : null;
    }

    /** Chooses the first. */
    private record First(Endpoints endpoints) implements EndpointChoice {
        @Override
        public @Nullable Endpoint next(Collection<Endpoint> except) {
            return endpoints.endpoints().isEmpty()
                    ? null
                    : endpoints.endpoints().getFirst();
        }

        @Override
        public int size() {
            return endpoints.endpoints().size();
        }
    }

    @Test
    void hosts_that_did_not_change_are_not_compiled_again() {
        Table before = compile(Table.EMPTY, List.of(), listener("l"), host("a", "l"), host("b", "l"));
        RunnableRoute a = route(before, "l", "a");
        Table after = compile(before, List.of(host("b", "l")), host("b", "l", "m"));
        assertThat(route(after, "l", "a")).isSameAs(a);
        assertThat(route(before, "l", "b")).isNotSameAs(route(after, "l", "b"));
    }

    @Test
    void a_host_may_move_between_sections() {
        Table before = compile(Table.EMPTY, List.of(), listener("l"), listener("m"), host("a", "l", "m"));
        Table after = compile(before, List.of(host("a", "l", "m")), host("a", "l"), host("a", "m"));
        assertThat(after.listener("l")).isNotNull();
        assertThat(route(after, "l", "a")).isNotNull();
        assertThat(route(after, "m", "a")).isNotNull();
        Table last = compile(after, List.of(host("a", "l")));
        assertThat(site(last, "l").host("a")).isNull();
        assertThat(route(last, "m", "a")).isNotNull();
    }

    @Test
    void a_redirect_belongs_to_the_binding() {
        var redirected = new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, "a"),
                List.of(new VirtualHost.Binding("l", new HttpsRedirect(308, 443)), new VirtualHost.Binding("m", null)),
                List.of());
        Table table = compile(Table.EMPTY, List.of(), listener("l"), listener("m"), redirected);
        assertThat(host(table, "l", "a").redirect()).isNotNull();
        assertThat(host(table, "m", "a").redirect()).isNull();
    }

    @Test
    void endpoints_change_without_touching_routes() {
        Table before =
                compile(Table.EMPTY, List.of(), listener("l"), host("a", "l"), endpoints("10.0.0.1"), upstream());
        Table after = compile(before, List.of(endpoints("10.0.0.1")), endpoints("10.0.0.2"));
        assertThat(after.hosts).isSameAs(before.hosts);
        assertThat(chosen(before)).isEqualTo("10.0.0.1");
        assertThat(chosen(after)).isEqualTo("10.0.0.2");
        Table none = compile(after, List.of(endpoints("10.0.0.2")));
        assertThat(none.upstream("u"))
                .isNotNull()
                .extracting(upstream -> upstream.endpoints().size())
                .isEqualTo(0);
        assertThat(compile(none, List.of(upstream())).upstream("u")).isNull();
    }

    @Test
    void what_is_spoken_stays_as_long_as_the_upstream_does() {
        Table before = compile(Table.EMPTY, List.of(), upstream(), endpoints("10.0.0.1"));
        Table after = compile(before, List.of(endpoints("10.0.0.1")), endpoints("10.0.0.2"));
        assertThat(Objects.requireNonNull(after.upstream("u")).hop())
                .isSameAs(Objects.requireNonNull(before.upstream("u")).hop());
    }

    @Test
    void an_upstream_that_cannot_be_spoken_to_has_no_endpoints() {
        tls = false;
        Table table = compile(Table.EMPTY, List.of(), upstream(), endpoints("10.0.0.1"));
        assertThat(chosen(table)).isEmpty();
    }

    @Test
    void one_change_among_ten_thousand_hosts_is_cheap() {
        Section[] hosts =
                IntStream.range(0, 10_000).mapToObj(i -> host("h" + i, "l")).toArray(Section[]::new);
        Table table = compile(compile(Table.EMPTY, List.of(), listener("l")), List.of(), hosts);
        var millis = new ArrayList<Double>();
        for (int i = 0; i < 50; i++) {
            long start = System.nanoTime();
            table = compile(table, List.of(host("h" + i, "l")), host("h" + i, "l"));
            millis.add((System.nanoTime() - start) / 1e6);
        }
        millis.sort(null);
        System.out.printf("one change among 10,000 hosts: median %.2f ms%n", millis.get(25));
        assertThat(millis.get(25)).isLessThan(20);
    }

    private Table compile(Table former, List<Section> gone, Section... put) {
        return compiler.compile(former, new Change(gone, List.of(put)));
    }

    private static String chosen(Table table) {
        Router.Upstream upstream = table.upstream("u");
        Endpoint endpoint = upstream == null ? null : upstream.endpoints().next(List.of());
        return endpoint == null ? "" : endpoint.address();
    }

    private static Router.Site site(Table table, String listener) {
        return Objects.requireNonNull(table.listener(listener));
    }

    private static Router.Host host(Table table, String listener, String name) {
        return Objects.requireNonNull(site(table, listener).host(name));
    }

    private static @Nullable RunnableRoute route(Table table, String listener, String host) {
        var request = new RequestHead("GET", "http", host, host, "/", null, new DefaultHttpHeaders());
        return host(table, listener, host).match(request);
    }

    private static Section upstream() {
        return new Upstream("u", new Balancer.RoundRobin());
    }

    private static Section endpoints(String address) {
        return new Endpoints("u", List.of(new Endpoint(address, 80)));
    }

    private static Section listener(String id) {
        return new HttpListener(id, 80, List.of(HttpVersion.HTTP1), null, ClientTraffic.DEFAULT, AccessLog.DEFAULT);
    }

    private static Section host(String name, String... listeners) {
        var routes = IntStream.range(0, 10)
                .mapToObj(i -> new Route(
                        name + i,
                        Match.path(PathMatch.Kind.PREFIX, i == 0 ? "/" : "/p" + i),
                        List.of(),
                        new Respond(200, "test"),
                        Timeouts.DEFAULT))
                .toList();
        return new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, name),
                List.of(listeners).stream()
                        .map(listener -> new VirtualHost.Binding(listener, null))
                        .toList(),
                routes);
    }
}
