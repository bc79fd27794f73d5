package dev.portico.crds.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Says which lists of a record are maps or sets, for which the generator has no annotation. The input names the key of a
 * map and says {@code set} of a set, as in {@code "listeners=name httpVersions=set"}.
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

    private static void shape(JSONSchemaProps list, String shape) {
        if (shape.equals("set")) {
            list.setXKubernetesListType("set");
        } else {
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(List.of(shape));
        }
    }
}
