package dev.portico.standalone.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.operator.model.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchTest {
    private static final ObjectRef A = ObjectRef.service("default", "a");
    private static final ObjectRef B = ObjectRef.service("default", "b");

    @TempDir
    private Path parent = Path.of("");

    private Path folder = Path.of("");
    private @Nullable Watch watch;
    private volatile Reading reading = Reading.NOTHING;
    private volatile boolean refusing;
    private final AtomicInteger smallest = new AtomicInteger(Integer.MAX_VALUE);

    @BeforeEach
    void watch() throws IOException {
        folder = Files.createDirectory(parent.resolve("folder"));
        write("ab.yaml", service("a") + "---\n" + service("b"));
        watch = Watch.start(folder, now -> {
            smallest.accumulateAndGet(now.objects().size(), Math::min);
            reading = now;
            return !refusing;
        });
    }

    @AfterEach
    void close() throws IOException {
        if (watch != null) {
            watch.close();
        }
    }

    @Test
    void allFilesOfAllFoldersAreReadWhatIsHiddenIsNot() throws IOException {
        Files.createDirectories(folder.resolve("x/y"));
        Files.createDirectories(folder.resolve(".git"));
        write("x/y/c.yml", service("c"));
        write("x/d.json", "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"d\"}}");
        write(
                "list.yaml",
                "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: e}}\n");
        write(".git/f.yaml", service("f"));
        write("notes.txt", service("g"));
        awaitObjects("a", "b", "c", "d", "e");
    }

    @Test
    void aSavedFileIsSeenAtOnce() throws IOException {
        var begin = System.nanoTime();
        write("ab.yaml", service("a") + "  labels: {x: y}\n---\n" + service("b"));
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> content(A).containsKey("metadata")
                        && content(A).toString().contains("labels"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void aBrokenDocumentKeepsItsObjectAndShowsAProblemUntilItReadsAgain() throws IOException {
        write("ab.yaml", service("a") + "---\napiVersion: v1\nkind: Service\nmetadata: {name: b\n");
        awaitProblem("ab.yaml", "is not YAML");
        assertThat(reading.objects()).containsOnlyKeys(A, B);
        assertThat(problem().object()).isEqualTo("Service/b");
        assertThat(problem().line()).isGreaterThan(4);
        write("ab.yaml", service("a") + "---\n" + service("b"));
        await().until(() -> reading.problems().isEmpty());
        assertThat(reading.objects()).containsOnlyKeys(A, B);
    }

    @Test
    void aFileHalfWrittenLosesNoObject() throws IOException {
        for (int i = 0; i < 20; i++) {
            var file = folder.resolve("ab.yaml");
            var text = service("a") + "  labels: {round: r" + i + "}\n---\n" + service("b");
            Files.writeString(file, "");
            Files.writeString(file, text.substring(0, text.length() / 2), StandardOpenOption.APPEND);
            Files.writeString(file, text.substring(text.length() / 2), StandardOpenOption.APPEND);
            var round = "round=r" + i;
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> content(A).toString().contains(round + "}"));
        }
        assertThat(smallest).hasValue(2);
    }

    @Test
    void whatIsTakenOutOfAFileGoesAfterAMoment() throws IOException {
        write("ab.yaml", service("a"));
        awaitObjects("a");
        write("ab.yaml", "");
        awaitObjects();
    }

    @Test
    void aFileThatIsReplacedOrMovedLosesNoObject() throws IOException {
        Files.move(folder.resolve("ab.yaml"), folder.resolve("moved.yaml"));
        await().until(() -> reading.objects().values().stream()
                .allMatch(object -> object.file().endsWith("moved.yaml")));
        assertThat(smallest).hasValue(2);
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void aFolderThatVanishesIsAProblemAndItsObjectsStay() throws IOException {
        Files.move(folder, parent.resolve("elsewhere"));
        awaitProblem("folder", "there is no such folder");
        assertThat(reading.objects()).containsOnlyKeys(A, B);
        Files.move(parent.resolve("elsewhere"), folder);
        await().until(() -> reading.problems().isEmpty());
        Files.writeString(parent.resolve("outside.yaml"), service("outside"));
        write("c.yaml", service("c"));
        awaitObjects("a", "b", "c");
    }

    @Test
    void whatIsBesideAFolderThatIsAwayIsNotRead() throws IOException {
        Files.move(folder, parent.resolve("elsewhere"));
        awaitProblem("folder", "there is no such folder");
        Files.writeString(parent.resolve("outside.yaml"), service("outside"));
        Files.move(parent.resolve("elsewhere"), folder);
        await().until(() -> reading.problems().isEmpty());
        write("c.yaml", service("c"));
        awaitObjects("a", "b", "c");
    }

    @Test
    void whatWasNotTakenIsToldAgain() throws IOException {
        refusing = true;
        write("c.yaml", service("c"));
        awaitObjects("a", "b", "c");
        reading = Reading.NOTHING;
        awaitObjects("a", "b", "c");
        refusing = false;
    }

    @Test
    void aFolderThatIsDeletedFileByFileKeepsItsObjectsToo() throws IOException {
        Files.delete(folder.resolve("ab.yaml"));
        Files.delete(folder);
        awaitProblem("folder", "there is no such folder");
        assertThat(reading.objects()).containsOnlyKeys(A, B);
    }

    @Test
    void anObjectInTwoFilesIsAProblemThatNamesBothAndTheFirstOneServes() throws IOException {
        write("aa.yaml", service("a") + "  labels: {from: second}\n");
        awaitProblem("aa.yaml", "ab.yaml:1");
        assertThat(content(A).toString()).doesNotContain("second");
        Files.delete(folder.resolve("aa.yaml"));
        await().until(() -> reading.problems().isEmpty());
    }

    @Test
    void unknownKindsAreProblemsAndThoseOfKubernetesAreNot() throws IOException {
        write("deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n");
        write("typo.yaml", "apiVersion: networking.k8s.io/v1\nkind: Ingres\nmetadata: {name: x}\n");
        write("old.yaml", "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: x}\n");
        await().until(() -> reading.problems().size() == 2);
        assertThat(reading.problems().getFirst().toString())
                .endsWith("old.yaml:1 Ingress/x apiVersion \"networking.k8s.io/v1beta1\": "
                        + "is not served: write networking.k8s.io/v1");
        assertThat(reading.problems().getLast().toString()).contains("typo.yaml:2 Ingres/x kind \"Ingres\"");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static String service(String name) {
        return "apiVersion: v1\nkind: Service\nmetadata:\n  name: " + name + "\n";
    }

    private Map<String, ?> content(ObjectRef ref) {
        var object = reading.objects().get(ref);
        return object == null ? Map.of() : object.content();
    }

    private LocatedProblem problem() {
        return reading.problems().getFirst();
    }

    private void awaitProblem(String file, String text) {
        await().until(() -> reading.problems().size() == 1
                && problem().file().endsWith(file)
                && problem().toString().contains(text));
    }

    private void awaitObjects(String... names) {
        await().untilAsserted(
                        () -> assertThat(reading.objects().keySet().stream().map(ObjectRef::name))
                                .containsExactlyInAnyOrder(names));
    }
}
