package dev.portico.crds.schema;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the generator leaves undone in a CRD. */
final class Finish implements CRDPostProcessor {
    private static final List<String> COLUMNS =
            List.of("Address", "Targets", "Accepted", "Resolved", "Programmed", "Routes", "Age", "Limits");

    @Override
    public HasMetadata process(HasMetadata object, String version) {
        var crd = (CustomResourceDefinition) object;
        // kubectl get portico shows all kinds.
        crd.getSpec().getNames().setCategories(List.of("portico"));
        crd.getSpec().getVersions().forEach(Finish::finish);
        return crd;
    }

    private static void finish(CustomResourceDefinitionVersion version) {
        // The generator sorts columns by their path.
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt((CustomResourceColumnDefinition c) -> COLUMNS.indexOf(c.getName())));
        JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
        schema.setRequired(List.of("spec"));
        once(schema);
    }

    /** A rule on a record's component reaches the generator twice: by its field and by its accessor. */
    private static void once(@Nullable JSONSchemaProps schema) {
        if (schema == null) {
            return;
        }
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(List.copyOf(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(Finish::once);
        }
        if (schema.getItems() != null) {
            once(schema.getItems().getSchema());
        }
    }
}
