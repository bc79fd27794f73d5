package dev.portico.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.check.Checked;
import dev.portico.crds.check.Finding;
import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Case.Refused;
import dev.portico.e2e.cases.Golden;
import dev.portico.e2e.cases.Keys;
import dev.portico.operator.compile.Compiled;
import dev.portico.operator.compile.Compiler;
import dev.portico.operator.compile.Table;
import dev.portico.operator.model.CompileOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first depth: what the operator makes of what a user applied. */
final class OperatorTest {
    private static final CompileOptions OPTIONS = new CompileOptions(
            CompileOptions.INGRESS_CONTROLLER,
            CompileOptions.GATEWAY_CONTROLLER,
            gateway -> gateway.getMetadata().getNamespace() + "/"
                    + gateway.getMetadata().getName(),
            0,
            Set.of(9080, 9443),
            false,
            null,
            null);

    private static final Worlds WORLDS = new Worlds();

    static Stream<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void pushesAndTellsWhatTheGoldensSay(Case one) throws IOException {
        Compiled compiled = new Compiler(OPTIONS).compile(WORLDS.of(one));
        var snapshot = new TreeMap<String, Object>();
        compiled.tables().forEach((dataPlane, table) -> snapshot.put(dataPlane, sections(table)));
        new Golden(one.folder().resolve("snapshot.yaml"))
                .check(Keys.of(one.objects()).hide(snapshot));
        new Golden(one.folder().resolve("conditions.yaml")).check(Told.by(compiled));
    }

    private static Map<String, Object> sections(Table table) {
        var sections = new TreeMap<String, Object>();
        table.sections().forEach(section -> sections.put(section.key(), Sections.read(section)));
        return sections;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesWhatTheCaseSaysIsRefused(Case one) throws IOException {
        for (Refused refused : one.refused()) {
            Checked checked = WORLDS.check(refused.object());
            assertThat(checked.findings().stream()
                            .map(Finding::message)
                            .toList()
                            .toString())
                    .as(refused.object().get("metadata").toString())
                    .contains(refused.message());
        }
    }
}
