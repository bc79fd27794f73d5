package dev.portico.crds.schema;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the CRDs of all kinds into the first directory and copies to the second what differs there: a copy that is younger, and
 * the same, would have Maven build anew all that depends on it.
 */
public final class GenerateCrds {
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Gateway.class, RateLimit.class, BackendPolicy.class);

    private GenerateCrds() {}

    public static void main(String[] args) throws IOException {
        Path drafts = Files.createDirectories(Path.of(args[0]));
        Path directory = Files.createDirectories(Path.of(args[1]));
        generate(drafts);
        try (Stream<Path> files = Files.list(drafts)) {
            for (Path draft : files.toList()) {
                Path file = directory.resolve(draft.getFileName());
                if (!Files.exists(file) || Files.mismatch(file, draft) != -1) {
                    Files.copy(draft, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void generate(Path directory) {
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
