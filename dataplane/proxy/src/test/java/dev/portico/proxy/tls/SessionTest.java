package dev.portico.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sessions are resumed, and which are agreed anew. */
final class SessionTest {
    private static final String A = "a.example.org";
    private static final String B = "b.example.org";
    private static final Issued ISSUED = Issued.by("EC", A);
    private static final Certificate BOTH = ISSUED.certificate("both", exact(A), exact(B));

    private final AtomicLong time = new AtomicLong();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatComesBackResumesItsSessionByBothEngines(String version) throws Exception {
        for (Engine engine : List.of(Engine.best(), Engine.jdk())) {
            try (var server = server(engine);
                    var client = new ResumingClient(version)) {
                server.load(BOTH);
                assertThat(client.resumes(server, A)).isFalse();
                assertThat(client.resumes(server, A)).isTrue();
                assertThat(client.resumes(server, A)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionOutlivesTheTablesThatDoNotTouchItsCertificate(String version) throws Exception {
        try (var server = TlsServer.both();
                var client = new ResumingClient(version)) {
            server.load(BOTH);
            assertThat(client.resumes(server, A)).isFalse();
            server.load(BOTH, Issued.by("EC", "c.example.org").certificate("c", exact("c.example.org")));
            assertThat(client.resumes(server, A)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsNotResumedForAnotherNameOfTheSameCertificate(String version) throws Exception {
        try (var server = TlsServer.both();
                var client = new ResumingClient(version)) {
            server.load(BOTH);
            assertThat(client.resumes(server, A)).isFalse();
            assertThat(client.resumes(server, B)).isFalse();
            assertThat(client.resumes(server, B)).isTrue();
        }
    }

    @Test
    void theJdkBindsSessionsToTheNameInTls12() throws Exception {
        try (var server = server(Engine.jdk());
                var client = new ResumingClient("TLSv1.2")) {
            server.load(BOTH);
            assertThat(client.resumes(server, A)).isFalse();
            assertThat(client.resumes(server, B)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsNotResumedOnAnotherListenerByAnyEngine(String version) throws Exception {
        for (Engine engine : List.of(Engine.best(), Engine.jdk())) {
            try (var one = server(engine);
                    var other = server(engine);
                    var client = new ResumingClient(version)) {
                one.load(BOTH);
                other.load(BOTH);
                assertThat(client.resumes(one, A)).isFalse();
                assertThat(client.resumes(other, A)).isFalse();
            }
        }
    }

    @Test
    void aSessionIsNotResumedUnderAnotherPolicyByAnyEngine() throws Exception {
        for (Engine engine : List.of(Engine.best(), Engine.jdk())) {
            try (var server = server(engine);
                    var client = new ResumingClient("TLSv1.3")) {
                server.load(BOTH);
                assertThat(client.resumes(server, A)).isFalse();
                server.load(Tls.MinVersion.TLS_1_3, BOTH);
                assertThat(client.resumes(server, A)).isFalse();
                assertThat(client.resumes(server, A)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsNotResumedUnderAnotherCertificateByAnyEngine(String version) throws Exception {
        for (Engine engine : List.of(Engine.best(), Engine.jdk())) {
            try (var server = server(engine);
                    var client = new ResumingClient(version)) {
                server.load(BOTH);
                assertThat(client.resumes(server, A)).isFalse();
                server.load(Issued.by("EC", A).certificate("both", exact(A), exact(B)));
                assertThat(client.resumes(server, A)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aTicketIsTakenInItsPeriodAndTheNextOne(String version) throws Exception {
        try (var server = server(Engine.best(time::get));
                var early = new ResumingClient(version);
                var late = new ResumingClient(version);
                var other = new ResumingClient(version)) {
            server.load(BOTH);
            assertThat(early.resumes(server, A)).isFalse();
            assertThat(late.resumes(server, A)).isFalse();
            time.addAndGet(TicketKeys.PERIOD.toNanos());
            assertThat(other.resumes(server, A)).isFalse();
            assertThat(early.resumes(server, A)).isTrue();
            time.addAndGet(TicketKeys.PERIOD.toNanos());
            assertThat(late.resumes(server, A)).isFalse();
        }
    }

    @Test
    void aTicketOfTheFormerPeriodIsRenewed() throws Exception {
        try (var server = server(Engine.best(time::get));
                var client = new ResumingClient("TLSv1.3")) {
            server.load(BOTH);
            assertThat(client.resumes(server, A)).isFalse();
            for (int period = 0; period < 4; period++) {
                time.addAndGet(TicketKeys.PERIOD.toNanos());
                assertThat(client.resumes(server, A)).isTrue();
            }
        }
    }

    @Test
    void aTicketIsNotTakenAfterTwoPeriodsInWhichNobodyCame() throws Exception {
        try (var server = server(Engine.best(time::get));
                var client = new ResumingClient("TLSv1.3")) {
            server.load(BOTH);
            assertThat(client.resumes(server, A)).isFalse();
            time.addAndGet(2 * TicketKeys.PERIOD.toNanos());
            assertThat(client.resumes(server, A)).isFalse();
        }
    }

    private static TlsServer server(Engine engine) {
        return new TlsServer(engine, List.of(HttpVersion.HTTP1), Tls.MinVersion.TLS_1_2);
    }

    private static HostPattern exact(String name) {
        return new HostPattern(HostPattern.Kind.EXACT, name);
    }
}
