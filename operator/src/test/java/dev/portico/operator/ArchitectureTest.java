package dev.portico.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the operator's packages know of each other. Every rule first makes sure that it sees somebody. */
final class ArchitectureTest {
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.portico.operator");

    private static final String[] PURE = {
        "dev.portico.operator.source..", "dev.portico.operator.model..", "dev.portico.operator.compile.."
    };

    @Test
    void sourceModelAndCompileSeeOnlyModelClassesOfKubernetes() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
                        .because("they are pure: objects in, declarations and tables out"),
                PURE);
    }

    @Test
    void theClusterIsSpokenToOnlyWhereItIsWatchedAndWrittenTo() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "dev.portico.operator",
                                "dev.portico.operator.watch..",
                                "dev.portico.operator.status..",
                                "dev.portico.operator.provision..")
                        .should()
                        .dependOnClassesThat(DescribedPredicate.describe(
                                "are clients of Kubernetes or the operator framework", ArchitectureTest::isClient)),
                "dev.portico.operator..");
    }

    @Test
    void readersOfDifferentKindsDoNotKnowEachOther() {
        check(
                slices().matching("dev.portico.operator.source.(*)..").should().notDependOnEachOther(),
                "dev.portico.operator.source..");
    }

    @Test
    void sourcesAndModelDoNotKnowWhoUsesThem() {
        var pure = new String[] {"dev.portico.operator.source..", "dev.portico.operator.model.."};
        check(
                classes()
                        .that()
                        .resideInAnyPackage(pure)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideOutsideOfPackages(
                                "dev.portico.operator",
                                "dev.portico.operator.compile..",
                                "dev.portico.operator.watch..",
                                "dev.portico.operator.push..",
                                "dev.portico.operator.status.."),
                pure);
    }

    @Test
    void thereIsNoClockRandomInputOrLoggingInSourceModelAndCompile() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.slf4j..", "java.util.logging..", "java.nio.file..", "java.util.concurrent..")
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(java.util.Random.class, java.time.Clock.class, Thread.class, java.io.File.class)
                        .orShould()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID"),
                PURE);
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        check(slices().matching("dev.portico.operator.(*)..").should().beFreeOfCycles(), "dev.portico.operator..");
    }

    private static void check(ArchRule rule, String... packages) {
        var seen = OPERATOR.that(DescribedPredicate.describe(
                "are in " + Arrays.toString(packages),
                (JavaClass each) ->
                        JavaClass.Predicates.resideInAnyPackage(packages).test(each)));
        assertThat(seen).as("classes in %s", Arrays.toString(packages)).hasSizeGreaterThan(5);
        rule.check(OPERATOR);
    }

    /** Serialization of objects is not a client. */
    private static boolean isClient(JavaClass each) {
        var name = each.getPackageName();
        return name.startsWith("io.javaoperatorsdk")
                || (name.startsWith("io.fabric8.kubernetes.client")
                        && !each.getSimpleName().contains("Serialization")
                        && !each.getSimpleName().equals("CustomResource"));
    }
}
