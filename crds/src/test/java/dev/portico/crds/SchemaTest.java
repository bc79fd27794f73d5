package dev.portico.crds;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SchemaTest {
    @ParameterizedTest
    @ValueSource(strings = {"gateways", "ratelimits", "backendpolicies"})
    void everyTextListAndMapHasABoundForTheCostOfRules(String plural) throws IOException {
        Map<String, Map<Object, Object>> fields = fields(plural);

        assertThat(fields).hasSizeGreaterThan(40);
        fields.forEach((field, schema) -> {
            if ("string".equals(schema.get("type")) && !schema.containsKey("enum")) {
                assertThat(schema).as(field).containsKey("maxLength");
            } else if ("array".equals(schema.get("type"))) {
                assertThat(schema).as(field).containsKey("maxItems");
            } else if (schema.containsKey("additionalProperties")) {
                assertThat(schema).as(field).containsKey("maxProperties");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateways", "ratelimits", "backendpolicies"})
    void everyFieldSaysWhatItMeansItsDefaultAndSinceWhen(String plural) throws IOException {
        fields(plural).forEach((field, schema) -> {
            if (field.endsWith("[]") || field.endsWith("{}")) {
                return;
            }
            assertThat(schema.get("description"))
                    .as(field)
                    .asString()
                    .matches("(?s).*Since [0-9]+\\.[0-9]+\\.")
                    .satisfies(text -> assertThat(text.contains("Default"))
                            .as("%s says its default: %s", field, text)
                            .isEqualTo(schema.containsKey("default")));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateways", "ratelimits", "backendpolicies"})
    void everyRuleIsBrokenByAnExample(String plural) throws IOException {
        String expectations;
        try (var files = Files.list(Path.of("invalid"))) {
            List<String> first = new ArrayList<>();
            for (Path file : files.toList()) {
                first.add(Files.readAllLines(file).get(0));
            }
            expectations = first.stream().collect(Collectors.joining("\n"));
        }
        fields(plural).forEach((field, schema) -> {
            if (schema.get("x-kubernetes-validations") instanceof List<?> rules) {
                rules.forEach(rule ->
                        assertThat(expectations).as(field).contains((String) ((Map<?, ?>) rule).get("message")));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateways", "ratelimits", "backendpolicies"})
    void theCrdsThatAreAppliedAreTheGeneratedOnes(String plural) throws IOException {
        Path applied = Path.of("../deploy/manifests/crds/" + plural + ".yaml");
        // Files are also joined, as by helm show crds.
        String generated = "---\n" + generated(plural);
        if (Boolean.getBoolean("crds.update")) {
            Files.createDirectories(applied.getParent());
            Files.writeString(applied, generated);
        }
        assertThat(applied)
                .as("remedy: mvn -pl crds verify -Dcrds.update=true")
                .exists()
                .content()
                .isEqualTo(generated);
    }

    /** Every field of the kind below spec and status, with its schema. */
    private static Map<String, Map<Object, Object>> fields(String plural) throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(generated(plural));
        Object version = ((List<?>) below(below(tree, "spec"), "versions")).get(0);
        Object properties = below(below(below(version, "schema"), "openAPIV3Schema"), "properties");
        Map<String, Map<Object, Object>> fields = new TreeMap<>();
        for (String part : List.of("spec", "status")) {
            collect(part, (Map<?, ?>) below(properties, part), fields);
            fields.remove(part);
        }
        return fields;
    }

    private static Object below(Object tree, String field) {
        return requireNonNull(((Map<?, ?>) tree).get(field), field);
    }

    @SuppressWarnings("unchecked")
    private static void collect(String field, Map<?, ?> schema, Map<String, Map<Object, Object>> fields) {
        fields.put(field, (Map<Object, Object>) schema);
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, below) -> collect(field + "." + name, (Map<?, ?>) below, fields));
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            collect(field + "[]", items, fields);
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            collect(field + "{}", values, fields);
        }
    }

    private static String generated(String plural) throws IOException {
        String resource = "/META-INF/fabric8/" + plural + ".portico.dev-v1.yml";
        try (InputStream in = SchemaTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
