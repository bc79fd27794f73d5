package dev.portico.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String ROOT = "dev.portico.proxy.";
    private static final List<String> FEATURES = List.of("headers", "ratelimit", "redirect", "rewrite");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.portico");

    @ParameterizedTest
    @ValueSource(strings = {"headers", "ratelimit", "redirect", "rewrite"})
    void a_feature_knows_no_other_feature(String feature) {
        String[] others = FEATURES.stream()
                .filter(other -> !other.equals(feature))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        assertSeen(ROOT + feature);
        noClasses()
                .that()
                .resideInAPackage(ROOT + feature + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers", "ratelimit", "redirect", "rewrite", "match"})
    void a_feature_knows_neither_tables_nor_protocols(String feature) {
        assertSeen(ROOT + feature);
        noClasses()
                .that()
                .resideInAPackage(ROOT + feature + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "runtime..", ROOT + "intake..", ROOT + "http1..", ROOT + "http2..", ROOT + "listener..")
                .check(CLASSES);
    }

    @Test
    void the_pipeline_knows_no_feature_and_not_how_tables_are_made() {
        assertSeen(ROOT + "pipeline");
        noClasses()
                .that()
                .resideInAPackage(ROOT + "pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "headers..",
                        ROOT + "ratelimit..",
                        ROOT + "redirect..",
                        ROOT + "rewrite..",
                        ROOT + "match..",
                        ROOT + "runtime..",
                        ROOT + "intake..")
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
