package dev.portico.proxy.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.admin.AdminServer;
import dev.portico.proxy.admin.Readiness;
import dev.portico.proxy.balance.Balancers;
import dev.portico.proxy.runtime.KeyedMemory;
import dev.portico.proxy.runtime.Serving;
import dev.portico.proxy.runtime.Stages;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.runtime.TableCompiler;
import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.upstream.Hop;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.PathModifier;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.Tls;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.UrlRewrite;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.Answer;
import dev.portico.wire.Answer.Ack;
import dev.portico.wire.Answer.Nack;
import dev.portico.wire.Answer.Reason;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import dev.portico.wire.Root;
import dev.portico.wire.SectionCodec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PushTest {
    private static final String ID = "dp-1";

    @TempDir
    Path directory;

    private final TestCa ca = new TestCa();
    private final Vertx vertx = Vertx.vertx();
    private final Serving serving = new Serving();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final IntakeFigures figures = new IntakeFigures(now::get);
    private volatile boolean fails;
    private final Intake intake = intake();
    private final AdminServer pages = new AdminServer(vertx, new Readiness(() -> "no table"), List.of(figures));
    private Keeper keeper;
    private TestOperator operator;
    private int port;

    @BeforeEach
    void open() throws Exception {
        keeper = new Keeper(new LastKnownGood(directory), intake::whole, figures);
        ca.dataPlane(ID).writeTo(directory.resolve("identity"));
        port = new ConfigChannel(vertx, directory.resolve("identity"), "127.0.0.1", 0, intake, keeper, pages::handle)
                .start()
                .get(10, TimeUnit.SECONDS);
        operator = new TestOperator(vertx, ca.operator(), port);
    }

    @AfterEach
    void close() throws Exception {
        keeper.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void nothing_is_loaded_at_first() throws Exception {
        assertThat(operator.state()).isInstanceOfSatisfying(Ack.class, ack -> {
            assertThat(ack.version()).isZero();
            assertThat(ack.root()).isEqualTo(Root.EMPTY.toString());
        });
    }

    @Test
    void a_whole_table_is_acknowledged_and_serves() throws Exception {
        Answer answer = operator.push(whole(1, 1, listener(), host("a", 200)));
        assertThat(answer).isInstanceOf(Ack.class);
        assertThat(answer.version()).isEqualTo(1);
        assertThat(serves("a")).isTrue();
        assertThat(operator.state()).isEqualTo(answer);
    }

    @Test
    void a_difference_changes_only_what_it_names() throws Exception {
        Answer first = operator.push(whole(1, 1, listener(), host("a", 200), host("b", 200)));
        Answer second = operator.push(delta(1, 2, first.root(), List.of(host("c", 200)), List.of(host("b", 200))));
        assertThat(second).isInstanceOf(Ack.class);
        assertThat(serves("a")).isTrue();
        assertThat(serves("b")).isFalse();
        assertThat(serves("c")).isTrue();
    }

    @Test
    void a_push_whose_answer_was_lost_is_acknowledged_again() throws Exception {
        Answer first = operator.push(whole(1, 1, listener()));
        Push next = delta(1, 2, first.root(), List.of(host("a", 200)), List.of());
        assertThat(operator.push(next)).isEqualTo(operator.push(next)).isInstanceOf(Ack.class);
    }

    @Test
    void a_push_that_is_repeated_makes_the_table_no_younger() throws Exception {
        operator.push(whole(1, 1, listener()));
        now.set(Instant.EPOCH.plusSeconds(100));
        operator.push(whole(1, 1, listener()));
        var exposition = new Exposition();
        figures.write(exposition);
        assertThat(exposition.toString()).contains("portico_table_age_seconds 100");
    }

    @Test
    void a_table_that_fails_on_its_way_leaves_the_former_one_whole() throws Exception {
        Answer first = operator.push(whole(1, 1, listener(), host("a", 200)));
        fails = true;
        assertNack(operator.push(whole(1, 2, listener(), host("b", 200))), Reason.FAILED);
        assertThat(serves("a")).isTrue();
        assertThat(serves("b")).isFalse();
        assertThat(operator.push(delta(1, 3, first.root(), List.of(host("c", 200)), List.of())))
                .isInstanceOf(Ack.class);
        assertThat(serves("a")).isTrue();
        assertThat(serves("c")).isTrue();
    }

    @Test
    void a_difference_to_another_table_asks_for_all() throws Exception {
        operator.push(whole(1, 1, listener(), host("a", 200)));
        assertNack(
                operator.push(delta(1, 2, Root.EMPTY.toString(), List.of(host("b", 200)), List.of())),
                Reason.MISSING_BASE);
    }

    @Test
    void a_hash_that_does_not_add_up_is_refused() throws Exception {
        operator.push(whole(1, 1, listener(), host("a", 200)));
        Push broken = new Push(ID, 1, 2, null, Root.EMPTY.toString(), encoded(host("b", 200)), List.of());
        assertNack(operator.push(broken), Reason.BROKEN_HASH);
    }

    @Test
    void an_older_term_is_refused_even_after_a_push_that_failed() throws Exception {
        operator.push(whole(1, 1, listener(), host("a", 200)));
        Push broken = new Push(ID, 5, 1, null, Root.EMPTY.toString(), encoded(host("b", 200)), List.of());
        assertNack(operator.push(broken), Reason.BROKEN_HASH);
        assertNack(operator.push(whole(4, 9, listener(), host("b", 200))), Reason.OLDER_TERM);
        assertThat(operator.state().term()).isEqualTo(5);
        assertThat(operator.push(whole(5, 2, listener(), host("a", 200), host("c", 200))))
                .isInstanceOf(Ack.class);
    }

    @Test
    void an_older_version_of_the_term_is_refused() throws Exception {
        operator.push(whole(1, 2, listener(), host("a", 200)));
        assertNack(operator.push(whole(1, 1, listener(), host("b", 200))), Reason.OLDER_TERM);
    }

    @Test
    void a_push_for_another_data_plane_is_refused() throws Exception {
        operator.push(whole(1, 1, listener(), host("a", 200)));
        List<EncodedSection> put = encoded(host("b", 200));
        Push foreign = new Push("dp-2", 1, 2, null, Root.of(put).toString(), put, List.of());
        assertNack(operator.push(foreign), Reason.WRONG_DATA_PLANE);
    }

    @Test
    void an_unknown_word_refuses_the_whole_push() throws Exception {
        operator.push(whole(1, 1, listener(), host("a", 200)));
        String text = TestOperator.body(whole(1, 2, listener(), host("b", 200)))
                .toString()
                .replace("\"statusCode\"", "\"teapot\"");
        assertNack(
                operator.send(HttpMethod.PUT, "/v1/push", Buffer.buffer(text)).answer(), Reason.UNKNOWN_WORD);
    }

    @Test
    void what_is_no_push_is_refused() throws Exception {
        operator.push(whole(1, 1, listener(), host("a", 200)));
        assertNack(
                operator.send(HttpMethod.PUT, "/v1/push", Buffer.buffer("{}x\n"))
                        .answer(),
                Reason.MALFORMED);
    }

    @Test
    void a_table_that_cannot_be_carried_out_is_refused_with_the_section_that_is_to_blame() throws Exception {
        operator.push(whole(1, 1, listener(), host("a", 200)));
        var rewrite = new UrlRewrite(null, new PathModifier.ReplacePrefixMatch("/x"));
        var route = new Route(
                "r",
                Match.path(PathMatch.Kind.EXACT, "/"),
                List.of(rewrite),
                new Respond(200, "test"),
                Timeouts.DEFAULT);
        var wrong = new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, "b"),
                List.of(new VirtualHost.Binding("http-80", null)),
                List.of(route));
        Answer answer = operator.push(whole(1, 2, listener(), wrong));
        assertNack(answer, Reason.FAILED);
        assertThat(((Nack) answer).message()).contains(wrong.key());
    }

    @Test
    void only_the_operator_may_push() throws Exception {
        for (TestCa.Issued other : List.of(
                ca.issued("portico://somebody", KeyPurposeId.id_kp_clientAuth),
                ca.issued("portico://operator.evil", KeyPurposeId.id_kp_clientAuth))) {
            var reply = new TestOperator(vertx, other, port)
                    .send(HttpMethod.PUT, "/v1/push", TestOperator.body(whole(1, 1, listener())));
            assertThat(reply.status()).isEqualTo(403);
        }
        // A pod's own certificate is for servers, a stranger's is of another CA: neither gets through the handshake.
        for (TestCa.Issued other : List.of(
                ca.issued("portico://operator", KeyPurposeId.id_kp_serverAuth),
                new TestCa.Issued(
                        ca.operator().ca(),
                        new TestCa().operator().chain(),
                        new TestCa().operator().key()))) {
            assertThatThrownBy(() ->
                            new TestOperator(vertx, other, port).send(HttpMethod.GET, "/v1/state", Buffer.buffer()))
                    .isInstanceOf(ExecutionException.class);
        }
        assertThat(intake.state().version()).isZero();
    }

    @Test
    void the_debug_page_shows_the_table_without_private_keys() throws Exception {
        var certificate = new Certificate("c", List.of("http-80"), List.of(HostPattern.ANY), "CHAIN", "PRIVATE");
        var tls = new UpstreamTls(
                null,
                new UpstreamTls.Anybody(),
                new UpstreamTls.Identity("OUR CHAIN", "PRIVATE"),
                Tls.MinVersion.TLS_1_2);
        var upstream = new Upstream("u", new Balancer.RoundRobin(), null, tls);
        operator.push(whole(1, 1, listener(), host("a", 200), certificate, upstream));
        var page = operator.send(HttpMethod.GET, "/debug/snapshot", Buffer.buffer());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("http-80", "\"CHAIN", "OUR CHAIN").doesNotContain("PRIVATE");
    }

    @Test
    void an_operator_that_did_not_push_the_table_finds_its_root_and_endpoints_line_by_line() throws Exception {
        var endpoints = new Endpoints("u", List.of(new Endpoints.Endpoint("10.0.0.1", 8080)));
        var upstream = new Upstream("u", new Balancer.RoundRobin());
        Push pushed = whole(1, 1, listener(), endpoints, upstream, host("a", 200));
        operator.push(pushed);
        var lines = operator.send(HttpMethod.GET, "/debug/snapshot", Buffer.buffer())
                .body()
                .lines()
                .map(line -> line.replaceFirst(",$", ""))
                .toList();
        assertThat(lines.getFirst()).contains("\"root\":\"" + pushed.root() + "\"");
        assertThat(lines).contains(new String(SectionCodec.encode(endpoints), StandardCharsets.UTF_8));
    }

    @Test
    void the_operator_reads_what_probes_and_scrapers_read() throws Exception {
        operator.push(whole(1, 1, listener()));
        assertThat(operator.send(HttpMethod.GET, "/metrics", Buffer.buffer()).body())
                .contains("portico_table_version 1");
        assertThat(operator.send(HttpMethod.GET, "/readyz", Buffer.buffer()).status())
                .isEqualTo(503);
        assertThat(operator.send(HttpMethod.GET, "/elsewhere", Buffer.buffer()).status())
                .isEqualTo(404);
    }

    @Test
    void the_table_is_stored_for_the_owner_alone_and_loads_again() throws Exception {
        Answer answer = operator.push(whole(3, 7, listener(), host("a", 200)));
        Path file = directory.resolve("table.ndjson");
        await().until(() -> Files.exists(file));
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Set.copyOf(PosixFilePermissions.fromString("rw-------")));
        Intake restarted = intake();
        Push stored = new LastKnownGood(directory).read().orElseThrow();
        assertThat(restarted.push(stored)).isEqualTo(answer);
    }

    @Test
    void many_changes_are_stored_before_the_exit() throws Exception {
        Answer last = operator.push(whole(1, 1, listener()));
        for (int i = 2; i < 40; i++) {
            last = operator.push(delta(1, i, last.root(), List.of(host("h" + i, 200)), List.of()));
        }
        keeper.close();
        assertThat(new LastKnownGood(directory).read().orElseThrow().root()).isEqualTo(last.root());
    }

    @Test
    void a_directory_that_cannot_be_written_costs_nothing_but_a_figure() throws Exception {
        var blocked = new Keeper(new LastKnownGood(directory.resolve("absent")), intake::whole, figures);
        blocked.changed();
        blocked.close();
        var text = new Exposition();
        figures.write(text);
        assertThat(text.toString()).contains("portico_last_known_good_write_failures_total 1");
    }

    @Test
    void a_renewed_identity_is_used_without_a_restart() throws Exception {
        var successor = new TestCa();
        successor.dataPlane(ID).writeTo(directory.resolve("identity"));
        var renewed = new TestOperator(vertx, successor.operator(), port);
        await().atMost(15, TimeUnit.SECONDS).ignoreExceptions().until(() -> renewed.state() instanceof Ack);
    }

    @Test
    void an_identity_that_is_swapped_as_a_kubelet_does_is_used() throws Exception {
        Path volume = Files.createDirectory(directory.resolve("volume"));
        project(volume, "1", ca.dataPlane(ID));
        for (String file : List.of("ca.crt", "tls.crt", "tls.key")) {
            Files.createSymbolicLink(volume.resolve(file), Path.of("..data", file));
        }
        int mounted = new ConfigChannel(vertx, volume, "127.0.0.1", 0, intake, keeper, pages::handle)
                .start()
                .get(10, TimeUnit.SECONDS);
        assertThat(new TestOperator(vertx, ca.operator(), mounted).state()).isInstanceOf(Ack.class);

        var successor = new TestCa();
        project(volume, "2", successor.dataPlane(ID));
        var renewed = new TestOperator(vertx, successor.operator(), mounted);
        await().atMost(15, TimeUnit.SECONDS).ignoreExceptions().until(() -> renewed.state() instanceof Ack);
    }

    /** All files at once, by a link that is replaced in one step. */
    private static void project(Path volume, String version, TestCa.Issued identity) throws IOException {
        identity.writeTo(volume.resolve("..v" + version));
        Path next = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..v" + version));
        Files.move(next, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void assertNack(Answer answer, Reason reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Nack.class,
                        nack -> assertThat(nack.reason()).as(nack.message()).isEqualTo(reason));
    }

    private boolean serves(String host) {
        var site = serving.table().listener("http-80");
        return site != null && site.host(host) != null;
    }

    private Intake intake() {
        var state = new KeyedMemory();
        var compiler = new TableCompiler(new Stages(state, System::nanoTime), new Balancers(state)::of, _ -> Hop.PLAIN);
        return new Intake(ID, compiler, serving, new Swapping(), figures);
    }

    /** Swaps, and fails behind the swap where it is told to. */
    private final class Swapping implements Carrier {
        @Override
        public void carry(Table table) {
            serving.swap(table);
            if (fails) {
                fails = false;
                throw new IllegalStateException("as this test wants it");
            }
        }

        @Override
        public Outcomes outcomes() {
            return new Outcomes(List.of(), List.of());
        }
    }

    private static Push whole(long term, long version, Section... sections) {
        List<EncodedSection> put = encoded(sections);
        return new Push(ID, term, version, null, Root.of(put).toString(), put, List.of());
    }

    private Push delta(long term, long version, String base, List<Section> put, List<Section> remove) {
        Root root = Root.of(intake.whole().put());
        for (Section section : put) {
            root = root.plus(EncodedSection.of(section).digest());
        }
        for (Section section : remove) {
            root = root.minus(EncodedSection.of(section).digest());
        }
        return new Push(
                ID,
                term,
                version,
                base,
                root.toString(),
                put.stream().map(EncodedSection::of).toList(),
                remove.stream().map(Section::key).toList());
    }

    private static List<EncodedSection> encoded(Section... sections) {
        return Stream.of(sections).map(EncodedSection::of).toList();
    }

    private static HttpListener listener() {
        return new HttpListener(
                "http-80", 80, List.of(HttpVersion.HTTP1), null, ClientTraffic.DEFAULT, AccessLog.DEFAULT);
    }

    private static VirtualHost host(String name, int status) {
        var route = new Route("r-" + name, Match.ALL, List.of(), new Respond(status, "test"), Timeouts.DEFAULT);
        return new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, name),
                List.of(new VirtualHost.Binding("http-80", null)),
                List.of(route));
    }
}
