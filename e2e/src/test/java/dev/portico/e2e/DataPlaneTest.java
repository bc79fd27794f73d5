package dev.portico.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.cases.Addresses;
import dev.portico.e2e.cases.Backends;
import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Pems;
import dev.portico.e2e.requests.Ask;
import dev.portico.e2e.sockets.Asker;
import dev.portico.echo.Echo;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second depth: what a data plane answers that was given what the operator pushes. */
final class DataPlaneTest {
    private static Vertx vertx;

    @BeforeAll
    static void startBothEnds() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void endBothEnds() {
        vertx.close().await();
    }

    static Stream<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersAsTheCaseSays(Case one, @TempDir Path directory) throws Exception {
        Backends backends = one.backends();
        var pems = new Pems(one.objects());
        var echoes = new Echoes(
                Addresses.of(one.objects(), backends),
                service -> Echo.listen(vertx, backends.of(service.name()).behaviour(service, pems), "127.0.0.1", 0)
                        .await()
                        .actualPort());
        try (var planes = DataPlanes.start(one, echoes, directory)) {
            var asker = new Asker(vertx, planes.bound());
            var wrong = new ArrayList<String>();
            for (Ask ask : one.requests()) {
                wrong.addAll(asker.refuse(ask));
            }
            assertThat(wrong).as(one.name()).isEmpty();
        }
    }
}
