package dev.portico.proxy.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.ValueMatch;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The index against the plainest reading of {@link Match}: try every route, keep the most specific. */
class HostRoutesTest {
    @Property(tries = 2000)
    void the_index_finds_what_trying_every_route_finds(
            @ForAll("matches") List<Match> matches, @ForAll("requests") RequestHead request) {
        List<Route> routes = IntStream.range(0, matches.size())
                .mapToObj(
                        i -> new Route("r" + i, matches.get(i), List.of(), new Respond(200, "test"), Timeouts.DEFAULT))
                .toList();
        assertThat(HostRoutes.compile(routes, Route::id).find(request)).isEqualTo(expected(routes, request));
    }

    private static @Nullable String expected(List<Route> routes, RequestHead request) {
        @Nullable Route best = null;
        for (Route route : routes) {
            if (holds(route.match(), request) && (best == null || beats(route.match(), best.match()))) {
                best = route;
            }
        }
        return best == null ? null : best.id();
    }

    private static boolean holds(Match match, RequestHead request) {
        String path = request.path();
        String value = match.path().value();
        boolean pathHolds = switch (match.path().kind()) {
            case EXACT -> path.equals(value);
            case REGULAR_EXPRESSION -> path.matches(value);
            case PREFIX ->
                elements(path).size() >= elements(value).size()
                        && elements(path).subList(0, elements(value).size()).equals(elements(value));
        };
        return pathHolds
                && (match.method() == null || match.method().equals(request.method()))
                && match.headers().stream()
                        .allMatch(h -> String.join(",", request.headers().getAll(h.name()))
                                .equals(h.value()))
                && match.queryParams().stream()
                        .allMatch(
                                q -> request.query() != null && request.query().equals(q.name() + "=" + q.value()))
                && match.cookies().stream()
                        .allMatch(c -> request.headers().contains("cookie", c.name() + "=" + c.value(), false));
    }

    /** The elements of a path; the empty one at the end of a prefix covers all. */
    private static List<String> elements(String path) {
        var elements = new ArrayList<>(List.of(path.split("/", -1)));
        while (!elements.isEmpty() && elements.getLast().isEmpty()) {
            elements.removeLast();
        }
        return elements;
    }

    private static boolean beats(Match one, Match other) {
        int[] a = ranks(one);
        int[] b = ranks(other);
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return a[i] > b[i];
            }
        }
        return false;
    }

    private static int[] ranks(Match match) {
        String value = match.path().value();
        int length = switch (match.path().kind()) {
            case EXACT -> 0;
            case REGULAR_EXPRESSION -> value.length();
            case PREFIX -> String.join("/", elements(value)).length();
        };
        int kind = switch (match.path().kind()) {
            case EXACT -> 2;
            case REGULAR_EXPRESSION -> 1;
            case PREFIX -> 0;
        };
        return new int[] {
            kind,
            length,
            match.method() == null ? 0 : 1,
            match.headers().size(),
            match.queryParams().size(),
            match.cookies().size()
        };
    }

    @Provide
    Arbitrary<List<Match>> matches() {
        return match().list().ofMaxSize(12);
    }

    private Arbitrary<Match> match() {
        Arbitrary<PathMatch> path = Arbitraries.oneOf(
                path().map(value -> new PathMatch(PathMatch.Kind.EXACT, value)),
                path().map(value -> new PathMatch(PathMatch.Kind.PREFIX, value)),
                Arbitraries.of("/a.*", "/a/.*", "/[ab]/b", ".*b", "/.*")
                        .map(value -> new PathMatch(PathMatch.Kind.REGULAR_EXPRESSION, value)));
        return Combinators.combine(
                        path,
                        Arbitraries.of("GET", "POST").injectNull(0.7),
                        values("x-a", "x-b"),
                        values("q"),
                        values("c"))
                .as(Match::new);
    }

    private static Arbitrary<List<ValueMatch>> values(String... names) {
        return Combinators.combine(Arbitraries.of(names), Arbitraries.of("1", "2", "1,2"))
                .as((name, value) -> new ValueMatch(ValueMatch.Kind.EXACT, name, value))
                .list()
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<RequestHead> requests() {
        return Combinators.combine(
                        path(),
                        Arbitraries.of("GET", "POST"),
                        Arbitraries.of("q=1", "q=2", "p=1").injectNull(0.3),
                        Arbitraries.of("1", "2").list().ofMaxSize(2),
                        Arbitraries.of("1", "2").list().ofMaxSize(2),
                        Arbitraries.of("c=1", "c=2").injectNull(0.5))
                .as(HostRoutesTest::request);
    }

    private static RequestHead request(
            String path,
            String method,
            @Nullable String query,
            List<String> a,
            List<String> b,
            @Nullable String cookie) {
        var headers = new DefaultHttpHeaders();
        headers.add("X-A", a);
        headers.add("X-B", b);
        if (cookie != null) {
            headers.add("Cookie", cookie);
        }
        return new RequestHead(method, "http", "example.org", "example.org", path, query, headers);
    }

    private static Arbitrary<String> path() {
        return Arbitraries.of("a", "b", "ab")
                .list()
                .ofMaxSize(4)
                .flatMap(elements -> Arbitraries.of("", "/").map(end -> {
                    String path = "/" + String.join("/", elements);
                    return path.equals("/") ? path : path + end;
                }));
    }
}
