package dev.portico.crds.schema;

import dev.portico.crds.Syntax;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Says what the generator has no annotation for: which lists of a record are maps or sets, and which maps have
 * quantities for values. The input names the key of a list that is a map, or says {@code set} or {@code quantities}, as
 * in {@code "listeners=name httpVersions=set limits=quantities"}.
 */
public final class Shape implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        for (String word : input.split(" ")) {
            int equals = word.indexOf('=');
            JSONSchemaProps field = schema.getProperties().get(word.substring(0, equals));
            if (field == null) {
                throw new IllegalArgumentException("shape is for " + word + ", expected one of "
                        + schema.getProperties().keySet());
            }
            shape(field, word.substring(equals + 1));
        }
        return schema;
    }

    private static void shape(JSONSchemaProps field, String shape) {
        switch (shape) {
            case "set" -> field.setXKubernetesListType("set");
            case "quantities" -> quantity(field.getAdditionalProperties().getSchema());
            default -> {
                field.setXKubernetesListType("map");
                field.setXKubernetesListMapKeys(List.of(shape));
            }
        }
    }

    private static void quantity(JSONSchemaProps value) {
        value.setPattern(Syntax.QUANTITY);
        value.setMaxLength((long) Syntax.QUANTITY_LENGTH);
    }
}
