package dev.portico.crds.schema;

import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the CRDs of all kinds into the directory that is the argument. */
public final class GenerateCrds {
    private GenerateCrds() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        var written = new CRDGenerator()
                .customResourceClasses(List.of(Gateway.class, RateLimit.class))
                .withPostProcessor(new Categories())
                .withMinQuotes(true)
                .inOutputDir(directory.toFile())
                .detailedGenerate();
        if (written.numberOfGeneratedCRDs() != 2) {
            throw new IllegalStateException("generated CRDs are "
                    + written.getCRDDetailsPerNameAndVersion().keySet() + ", expected 2");
        }
    }

    /** Puts every kind into the category {@code portico}, so that {@code kubectl get portico} shows all. */
    private static final class Categories implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata object, String version) {
            ((CustomResourceDefinition) object).getSpec().getNames().setCategories(List.of("portico"));
            return object;
        }
    }
}
