package dev.portico.operator.push;

import static dev.portico.operator.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.compile.SomeTables;
import dev.portico.operator.compile.Table;
import dev.portico.operator.identity.Authority;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.Identity;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.Section;
import dev.portico.routetable.Upstream;
import dev.portico.wire.Answer;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Push;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PusherTest {
    private final Vertx vertx = Vertx.vertx();
    private final Authority authority = Authority.create(Instant.now());
    private final Identities identities = new Identities(now -> authority, InstantSource.system());
    private final List<Long> terms = new CopyOnWriteArrayList<>();
    private final Pusher pusher = Pusher.over(vertx, identities, terms::add, () -> {});
    private final List<StubPod> pods = new ArrayList<>();

    @AfterEach
    void close() {
        pusher.close();
        pods.forEach(StubPod::close);
        vertx.close().await();
    }

    @Test
    void aPodGetsAllAtFirstAndThenOnlyWhatChanged() {
        var pod = pod("edge");
        replicas(pod);
        serve(1, SomeTables.of(upstream("a"), endpoints("a", 1), upstream("b"), endpoints("b", 1)));
        await().until(() -> version(0) == 1);
        var next = SomeTables.of(upstream("a"), endpoints("a", 2), upstream("c"));
        serve(2, next);
        await().until(() -> version(0) == 2);

        assertThat(pod.root()).isEqualTo(next.root().toString());
        assertThat(pod.pushes().get(0).base()).isNull();
        assertThat(pod.pushes().get(1).base()).isEqualTo(pod.pushes().get(0).root());
        assertThat(keys(pod.pushes().get(1))).containsExactlyInAnyOrder("endpoints/a", "upstream/c");
        assertThat(pod.pushes().get(1).remove()).containsExactlyInAnyOrder("endpoints/b", "upstream/b");
    }

    @Test
    void aMistakeOfOursIsSaidAndTriedAgain() {
        var pod = pod("edge");
        // Every trouble that is told is one mistake less.
        var mistakes = new AtomicInteger(1);
        var opener = HttpChannel.opener(vertx, identities);
        Channel.Opener clumsy = (replica, onClosed) -> {
            if (mistakes.get() > 0) {
                throw new IllegalStateException("a mistake of ours");
            }
            return opener.open(replica, onClosed);
        };
        try (var other = new Pusher(clumsy, terms::add, mistakes::decrementAndGet)) {
            other.replicas(List.of(new Replica("uid-0", "pod", "edge", "127.0.0.1", pod.port(), true)));
            other.targets(Map.of("edge", new Target(1, 1, SomeTables.of(upstream("a")))));
            await().until(() -> other.states().getFirst().version() == 1);
        }
        assertThat(mistakes.get()).isLessThan(1);
    }

    @Test
    void aStuckPodDelaysNoOtherAndGetsOnlyTheNewestTableAfterwards() {
        var stuck = pod("edge");
        var other = pod("edge");
        stuck.stick();
        replicas(stuck, other);
        for (int version = 1; version <= 20; version++) {
            serve(version, SomeTables.of(upstream("a"), endpoints("a", version)));
            var expected = version;
            await().until(() -> version(1) == expected);
        }
        assertThat(stuck.pushes()).isEmpty();

        stuck.loosen();
        stuck.restart();
        await().until(() -> version(0) == 20);
        assertThat(stuck.pushes()).hasSize(1);
    }

    @Test
    void aTableWithAnUnknownWordIsNotSentAgainAndItsEndpointsStillAre() {
        var pod = pod("edge");
        replicas(pod);
        serve(1, SomeTables.of(upstream("a"), endpoints("a", 1)));
        await().until(() -> version(0) == 1);
        pod.refuse(push -> keys(push).contains("upstream/new") ? Answer.Reason.UNKNOWN_WORD : null);

        serve(2, SomeTables.of(upstream("a"), endpoints("a", 1), upstream("new")));
        await().until(() -> state(0).refusal() != null);
        serve(3, SomeTables.of(upstream("a"), endpoints("a", 7), upstream("new")));
        var expected = SomeTables.of(upstream("a"), endpoints("a", 7)).root().toString();
        await().until(() -> pod.root().equals(expected));

        assertThat(state(0).version()).isEqualTo(1);
        assertThat(state(0).obstacle()).contains("UNKNOWN_WORD");
        assertThat(pod.pushes().stream().filter(push -> keys(push).contains("upstream/new")))
                .hasSize(1);

        serve(4, SomeTables.of(upstream("a"), endpoints("a", 7), upstream("old")));
        await().until(() -> version(0) == 4);
        assertThat(state(0).obstacle()).isNull();
    }

    @Test
    void anOperatorThatBeginsWhileItsTableIsRefusedStillSendsEndpointsToWhatServes() {
        var pod = pod("edge");
        replicas(pod);
        serve(1, SomeTables.of(upstream("a"), endpoints("a", 1), upstream("b"), endpoints("b", 1)));
        await().until(() -> version(0) == 1);
        replicas();
        pod.refuse(push -> keys(push).contains("upstream/new") ? Answer.Reason.UNKNOWN_WORD : null);

        try (var next = Pusher.over(vertx, identities, terms::add, () -> {})) {
            next.replicas(List.of(new Replica("uid-0", "pod", "edge", "127.0.0.1", pod.port(), true)));
            for (int last = 7; last < 9; last++) {
                var refused =
                        SomeTables.of(upstream("a"), endpoints("a", last), upstream("new"), endpoints("new", last));
                next.targets(Map.of("edge", new Target(2, last, refused)));
                var expected = SomeTables.of(upstream("a"), endpoints("a", last), upstream("b"), endpoints("b", 1));
                await().until(() -> pod.root().equals(expected.root().toString()));
                assertThat(keys(pod.pushes().getLast())).containsExactly("endpoints/a");
            }

            var readable = SomeTables.of(upstream("a"), endpoints("a", 9));
            next.targets(Map.of("edge", new Target(2, 9, readable)));
            await().until(() -> pod.root().equals(readable.root().toString()));
        }
    }

    @Test
    void aPodWithoutATableThatRefusesOneIsSentNothingInItsPlace() {
        var pod = pod("edge");
        pod.refuse(push -> Answer.Reason.UNKNOWN_WORD);
        replicas(pod);
        for (int version = 1; version <= 3; version++) {
            serve(version, SomeTables.of(upstream("a" + version), endpoints("a", version)));
            var pushes = version;
            await().until(() -> pod.pushes().size() >= pushes);
        }
        assertThat(pod.pushes()).allMatch(push -> keys(push).stream().anyMatch(key -> key.startsWith("upstream/")));
    }

    @Test
    void aPodThatLostItsTableGetsAllOfItWithoutAnyChange() {
        var pod = pod("edge");
        replicas(pod);
        var table = SomeTables.of(upstream("a"), endpoints("a", 1));
        serve(1, table);
        await().until(() -> version(0) == 1);

        pod.restart();
        await().until(() -> pod.root().equals(table.root().toString()));
        assertThat(pod.pushes().getLast().base()).isNull();
    }

    @Test
    void aPodThatServesTheTableAlreadyGetsNoSection() {
        var pod = pod("edge");
        replicas(pod);
        serve(1, SomeTables.of(upstream("a")));
        await().until(() -> version(0) == 1);
        pusher.replicas(List.of());
        replicas(pod);
        await().until(() -> version(0) == 1);

        assertThat(pod.pushes()).hasSize(2);
        assertThat(pod.pushes().getLast().put()).isEmpty();
    }

    @Test
    void aTermThatAPodHasSeenIsTold() {
        var pod = pod("edge");
        pod.seenTerm(7);
        replicas(pod);
        serve(1, SomeTables.of(upstream("a")));
        await().until(() -> terms.contains(7L));

        pusher.targets(Map.of("edge", new Target(8, 1, SomeTables.of(upstream("a")))));
        await().until(() -> version(0) == 1);
        assertThat(pod.term()).isEqualTo(8);
    }

    @Test
    void aPodOfAnotherDataPlaneIsNotTrusted() {
        var pod = pod("other");
        replica(pod, "edge");
        serve(1, SomeTables.of(upstream("a")));
        await().until(() -> state(0).trouble() != null);
        assertThat(pod.pushes()).isEmpty();
    }

    @Test
    void anOperatorsCertificateIsNoServers() {
        var pod = StubPod.start(vertx, authority.operator(Instant.now()).getFirst(), "edge");
        pods.add(pod);
        replica(pod, "edge");
        serve(1, SomeTables.of(upstream("a")));
        await().until(() -> state(0).trouble() != null);
        assertThat(pod.pushes()).isEmpty();
    }

    @Test
    void podsOfTheFormerAndOfTheNextKeyOfTheAuthorityAreReached() {
        var former = Authority.create(Instant.now().minus(Duration.ofDays(250)));
        var renewed = former.renewed(Instant.now()).orElseThrow();
        for (Authority known : List.of(former, renewed)) {
            pods.add(StubPod.start(vertx, known.dataPlane("edge", Instant.now()), "edge"));
        }
        var both = new Identities(now -> renewed, InstantSource.system());
        try (var other = Pusher.over(vertx, both, terms::add, () -> {})) {
            other.replicas(List.of(
                    new Replica("uid-0", "pod", "edge", "127.0.0.1", pods.get(0).port(), true),
                    new Replica("uid-1", "pod", "edge", "127.0.0.1", pods.get(1).port(), true)));
            other.targets(Map.of("edge", new Target(1, 1, SomeTables.of(upstream("a")))));
            await().until(() -> other.states().stream().allMatch(state -> state.version() == 1));
        }
    }

    private StubPod pod(String dataPlane) {
        var pod = StubPod.start(vertx, identity(dataPlane), dataPlane);
        pods.add(pod);
        return pod;
    }

    private Identity identity(String dataPlane) {
        return authority.dataPlane(dataPlane, Instant.now());
    }

    private void replicas(StubPod... there) {
        var replicas = new ArrayList<Replica>();
        for (StubPod pod : there) {
            replicas.add(new Replica("uid-" + pods.indexOf(pod), "pod", "edge", "127.0.0.1", pod.port(), true));
        }
        pusher.replicas(replicas);
    }

    private void replica(StubPod pod, String dataPlane) {
        pusher.replicas(List.of(new Replica("uid-0", "pod", dataPlane, "127.0.0.1", pod.port(), true)));
    }

    private void serve(long version, Table table) {
        pusher.targets(Map.of("edge", new Target(1, version, table)));
    }

    private LinkState state(int pod) {
        return pusher.states().stream()
                .filter(state -> state.replica().id().equals("uid-" + pod))
                .findFirst()
                .orElseThrow();
    }

    private long version(int pod) {
        return state(pod).version();
    }

    private static List<String> keys(Push push) {
        return push.put().stream().map(EncodedSection::key).toList();
    }

    private static Section upstream(String id) {
        return new Upstream(id, new Balancer.RoundRobin());
    }

    private static Section endpoints(String upstream, int last) {
        return new Endpoints(upstream, List.of(new Endpoint("10.0.0." + last, 8080)));
    }
}
