package dev.portico.crds.schema;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the CRDs of all kinds into the directory that is the argument. */
public final class GenerateCrds {
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Gateway.class, RateLimit.class, BackendPolicy.class);

    private GenerateCrds() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        var written = new CRDGenerator()
                .customResourceClasses(KINDS)
                .withPostProcessor(new Finish())
                .withMinQuotes(false)
                .inOutputDir(directory.toFile())
                .detailedGenerate();
        if (written.numberOfGeneratedCRDs() != KINDS.size()) {
            throw new IllegalStateException("generated CRDs are "
                    + written.getCRDDetailsPerNameAndVersion().keySet() + ", expected " + KINDS.size());
        }
    }
}
