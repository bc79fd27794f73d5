package dev.portico.crds.schema;

import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import io.fabric8.crdv2.generator.CRDGenerator;
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
                .withPostProcessor(new Finish())
                .withMinQuotes(false)
                .inOutputDir(directory.toFile())
                .detailedGenerate();
        if (written.numberOfGeneratedCRDs() != 2) {
            throw new IllegalStateException("generated CRDs are "
                    + written.getCRDDetailsPerNameAndVersion().keySet() + ", expected 2");
        }
    }
}
