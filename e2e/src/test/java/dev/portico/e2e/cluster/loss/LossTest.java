package dev.portico.e2e.cluster.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.install.Command;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** No request is lost, and no conversation cut, whatever happens. Those of tag {@value #ALWAYS} are run by {@code .ci/run}. */
@Tag("loss")
final class LossTest {
    private static final String ALWAYS = "cluster";

    private static final Path FOLDER = Path.of("target", "loss");

    private static Vertx vertx;
    private static Cluster cluster;
    private static Scene scene;

    @BeforeAll
    static void start() throws IOException {
        // Once it is built, it starts at once.
        Command.output("vegeta", "-version");
        vertx = Vertx.vertx();
        cluster = Cluster.given();
        scene = Scene.set(cluster);
        Load.warmUp(scene.address(), FOLDER.resolve("warm-up"));
    }

    @AfterAll
    static void end() {
        scene.close();
        cluster.close();
        vertx.close().await();
    }

    @Test
    @Tag(ALWAYS)
    void nothingIsLostWhileBackendsAreRestarted(TestInfo test) throws Exception {
        losesNothing(new BackendsRestarted(), test);
    }

    @Test
    void nothingIsLostWhileBackendsAreScaled(TestInfo test) throws Exception {
        losesNothing(new BackendsScaled(), test);
    }

    @Test
    @Tag(ALWAYS)
    void nothingIsLostWhileProxiesAreReplaced(TestInfo test) throws Exception {
        losesNothing(new ProxiesReplaced(), test);
    }

    @Test
    void nothingIsLostWhileTheOperatorIsRestarted(TestInfo test) throws Exception {
        losesNothing(new OperatorRestarted(), test);
    }

    @Test
    @Tag(ALWAYS)
    void nothingIsLostWhenTheLeaderIsKilled(TestInfo test) throws Exception {
        losesNothing(new LeaderKilled(), test);
    }

    @Test
    void nothingIsLostWhileCertificatesAreRotated(TestInfo test) throws Exception {
        losesNothing(new CertificatesRotated(), test);
    }

    @Test
    @Tag(ALWAYS)
    void nothingIsLostWhileRoutesChange(TestInfo test) throws Exception {
        losesNothing(new RoutesChanged(), test);
    }

    @Test
    void nothingIsLostWhileTheApiServerIsAway(TestInfo test) throws Exception {
        losesNothing(new ApiServerStopped(), test);
    }

    @Test
    @Tag(ALWAYS)
    void nothingIsLostWhenTheLeaseIsDeleted(TestInfo test) throws Exception {
        losesNothing(new LeaseDeleted(), test);
    }

    @Test
    void nothingIsLostWhileOperatorsSayOneWordMoreThanProxiesKnow(TestInfo test) throws Exception {
        losesNothing(new VersionsSkewed(Build.withOneWordMore(), VersionsSkewed.First.OPERATORS), test);
    }

    @Test
    void nothingIsLostWhileProxiesKnowOneWordMoreThanOperatorsSay(TestInfo test) throws Exception {
        losesNothing(new VersionsSkewed(Build.withOneWordMore(), VersionsSkewed.First.PROXIES), test);
    }

    @Test
    void nothingIsLostWhileThePreviousCommitIsUpgraded(TestInfo test) throws Exception {
        Build previous = Build.ofThePreviousCommit();
        scene.upgrade(previous, previous, previous);
        losesNothing(new Upgraded(), test);
    }

    private static void losesNothing(Event event, TestInfo test) throws Exception {
        Path folder = FOLDER.resolve(test.getTestMethod().orElseThrow().getName());
        Loss loss;
        try (var conversations = Conversations.begin(vertx, scene.address());
                var load = Load.start(scene.address(), folder)) {
            event.happen(scene);
            loss = new Loss(event, load.end(), conversations.sockets(), conversations.calls());
        } catch (AssertionError | Exception e) {
            dump(folder);
            throw e;
        }
        String row = loss.row(test.getTags().contains(ALWAYS));
        System.out.println(row);
        String page = System.getProperty("loss.page");
        if (page != null) {
            new Page(Path.of(page)).put(row);
        }
        if (!loss.faults().isEmpty()) {
            dump(folder);
        }
        assertThat(loss.faults()).as(event.name()).isEmpty();
    }

    private static void dump(Path folder) throws IOException {
        Command.output("logs", folder.resolve("cluster").toAbsolutePath().toString());
    }
}
