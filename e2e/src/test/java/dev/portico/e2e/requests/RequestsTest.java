package dev.portico.e2e.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.e2e.requests.Outcome.Answered;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestsTest {
    @Test
    void readsARequestWithAllItsDetails() {
        Ask ask = one("""
                # a comment
                [h1 h2 tls1.3 sni=a.example.org] POST https://b.example.org:8443/x%2Fy?z=1 -> 201 shop
                  > X-Team: a: b
                  >> one
                  >> two
                  < Location
                  < !Server
                  < :certificate: a.example.org
                  << done
                  ^ :path: /y
                  ^ X-Gateway: edge
                """);
        assertThat(ask.versions()).containsExactlyInAnyOrder(Ask.Http.H1, Ask.Http.H2);
        assertThat(ask.tls()).isEqualTo("TLSv1.3");
        assertThat(ask.sni()).isEqualTo("a.example.org");
        assertThat(ask.url()).isEqualTo(new Url(true, "b.example.org", 8443, "/x%2Fy?z=1"));
        assertThat(ask.headers()).containsExactly(new Ask.Header("X-Team", "a: b"));
        assertThat(ask.body()).isEqualTo("one\ntwo");
        assertThat(ask.answer())
                .containsExactly(
                        new HeaderCheck("Location", null, false),
                        new HeaderCheck("Server", null, true),
                        new HeaderCheck(":certificate", "a.example.org", false));
        assertThat(ask.answerBody()).isEqualTo("done");
        assertThat(ask.seen())
                .containsExactly(new HeaderCheck(":path", "/y", false), new HeaderCheck("X-Gateway", "edge", false));
    }

    @Test
    void sharesToleratePercentAndNothingElse() {
        Expectation shares = one("GET http://a/ x100 -> 90±5 % a, 10±5 % 503\n").expectation();
        assertThat(shares.refuse(mixed(86, 14))).isEmpty();
        assertThat(shares.refuse(mixed(84, 16))).get().asString().contains("84.0 %");
        assertThat(new Expectation.Shares(List.of(new Expectation.Share(100, 60, new Answered(200, "a"))))
                        .refuse(mixed(90, 10)))
                .get()
                .asString()
                .contains("also got [503]");
    }

    @Test
    void readsACallOfGrpcAndItsCode() {
        Ask ask = one("GRPC https://a/x.Y/Z x2 -> 1 times OK a, then 1 times UNAVAILABLE\n");
        assertThat(ask.isCall()).isTrue();
        assertThat(ask.versions()).containsExactly(Ask.Http.H2);
        assertThat(ask.expectation()
                        .refuse(List.of(
                                new Outcome.Called(GrpcCode.OK, "a"), new Outcome.Called(GrpcCode.UNAVAILABLE, null))))
                .isEmpty();
    }

    @Test
    void stepsHoldInTheirOrder() {
        Expectation steps =
                one("GET http://a/ x3 -> 2 times 200 a, then 1 times 429\n").expectation();
        Outcome good = new Answered(200, "a");
        Outcome refused = new Answered(429, null);
        assertThat(steps.refuse(List.of(good, good, refused))).isEmpty();
        assertThat(steps.refuse(List.of(good, refused, good))).get().asString().contains("1 times 429");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET http://a/ -> 20 shop | outcome '20 shop'",
                "GET a.example.org/ -> 200 | neither http:// nor https://",
                "GRPC http://a/x -> 200 | 'CODE', 'CODE SERVICE'",
                "GRPC http://a/x -> FINE a | 'FINE' is no code of gRPC",
                "[h1] GRPC http://a/x -> OK a | no options of GRPC",
                "TCP http://a/x -> 200 | TCP is reserved",
                "GET tcp://a/ -> 200 | reserved",
                "[h2] WEBSOCKET http://a/ -> 101 shop | WEBSOCKET is asked in h1",
                "WEBSOCKET https://a/ -> 101 shop | by http://",
                "[h3] GET http://a/ -> 200 | option 'h3'",
                "[tls1.2] GET http://a/ -> 200 | options of https",
                "GET http://a/ x5 -> 2 times 200, then 2 times 429 | add up to 4, expected x5",
                "GET http://a/ x9 -> 50±1 % a, 40±1 % b | add up to 90 %",
                "GET http://a/ | expected '[options] METHOD URL",
                "GET http://a -> 200 | no path",
            })
    void refusesWhatItDoesNotKnowAndNamesTheLine(String line, String message) {
        assertThatThrownBy(() -> Requests.parse("requests.txt", "# first\n" + line + "\n"))
                .hasMessageContaining("requests.txt:2: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~ X: y | mark '~'",
                "> X | expected '> Name: value'",
                "< !X: y | expected 'Name: value', 'Name' or '!Name'",
                "< :path: / | :path is none of [:certificate]",
            })
    void refusesDetailsThatItDoesNotKnow(String detail, String message) {
        assertThatThrownBy(() -> Requests.parse("requests.txt", "GET http://a/ -> 200\n  " + detail + "\n"))
                .hasMessageContaining("requests.txt:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesATextThatAsksNothing() {
        assertThatThrownBy(() -> Requests.parse("requests.txt", "# nothing\n")).hasMessageContaining("asks nothing");
    }

    private static Ask one(String text) {
        return Requests.parse("requests.txt", text).getFirst();
    }

    private static List<Outcome> mixed(int good, int refused) {
        var outcomes = new java.util.ArrayList<Outcome>(Collections.nCopies(good, new Answered(200, "a")));
        outcomes.addAll(Collections.nCopies(refused, new Answered(503, null)));
        return outcomes;
    }
}
