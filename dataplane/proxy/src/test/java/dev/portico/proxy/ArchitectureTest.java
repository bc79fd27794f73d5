package dev.portico.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.portico.proxy.pipeline.Ending;
import dev.portico.proxy.pipeline.Stage;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "dev.portico.proxy.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.portico");

    /** The packages with a stage or an answer; runtime only chooses among them. */
    static Set<String> features() {
        return CLASSES.stream()
                .filter(type -> type.isAssignableTo(Stage.class) || type.isAssignableTo(Ending.Answer.class))
                .map(JavaClass::getPackageName)
                .filter(name -> !Set.of(ROOT + "pipeline", ROOT + "runtime").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_features_are_seen() {
        assertThat(features()).contains(ROOT + "headers", ROOT + "ratelimit", ROOT + "redirect", ROOT + "rewrite");
    }

    @ParameterizedTest
    @MethodSource("features")
    void a_feature_knows_no_other_feature(String feature) {
        String[] others = features().stream()
                .filter(other -> !other.equals(feature))
                .map(other -> other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(feature + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    static Stream<String> featuresAndTheMatch() {
        return Stream.concat(features().stream(), Stream.of(ROOT + "match"));
    }

    @ParameterizedTest
    @MethodSource("featuresAndTheMatch")
    void a_feature_knows_neither_tables_nor_protocols(String feature) {
        assertSeen(feature);
        noClasses()
                .that()
                .resideInAPackage(feature + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "runtime..", ROOT + "intake..", ROOT + "http1..", ROOT + "http2..", ROOT + "listener..")
                .check(CLASSES);
    }

    @Test
    void the_pipeline_knows_no_feature_and_not_how_tables_are_made() {
        assertSeen(ROOT + "pipeline");
        String[] unknown = Stream.concat(
                        features().stream(), Stream.of(ROOT + "match", ROOT + "runtime", ROOT + "intake"))
                .map(name -> name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown)
                .check(CLASSES);
    }

    @Test
    void nothing_knows_kubernetes() {
        assertSeen("dev.portico.proxy");
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8..", "io.javaoperatorsdk..", "dev.portico.operator..", "dev.portico.crds..")
                .check(CLASSES);
    }

    @Test
    void the_words_know_only_the_jdk() {
        assertSeen("dev.portico.routetable");
        noClasses()
                .that()
                .resideInAPackage("dev.portico.routetable..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "dev.portico.routetable..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        assertSeen(ROOT);
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** A rule that sees nothing holds always. */
    private static void assertSeen(String packagePrefix) {
        assertThat(CLASSES.stream().filter(type -> type.getPackageName().startsWith(packagePrefix)))
                .as("classes of " + packagePrefix)
                .isNotEmpty();
    }
}
