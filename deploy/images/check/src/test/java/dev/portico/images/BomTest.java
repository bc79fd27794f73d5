package dev.portico.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BomTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void theRuntimeAndTheLibcAreNamedOnceHoweverOftenItIsPacked() throws Exception {
        Path loader = Base.loader(directory);
        Files.createDirectories(loader.getParent());
        Files.copy(Path.of("/").resolve(directory.relativize(loader)).toRealPath(), loader);
        Path bom = directory.resolve("bom.json");
        Files.writeString(
                bom,
                "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"bom-ref\": \"pkg:maven/a\", \"name\": \"vertx-core\"}]}");

        Bom.complete(bom, directory);
        Bom.complete(bom, directory);

        var json = new JsonObject(Files.readString(bom));
        assertThat(json.getString("bomFormat")).isEqualTo("CycloneDX");
        var components = json.getJsonArray("components").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(components)
                .extracting(component -> component.getString("name"))
                .satisfiesExactly(
                        name -> assertThat(name).isEqualTo("vertx-core"),
                        name -> assertThat(name).isEqualTo("openjdk"),
                        name -> assertThat(name).isIn("libc6", "glibc"));
        assertThat(components.get(1).getString("version")).isEqualTo(System.getProperty("java.runtime.version"));
        assertThat(components.get(2).getString("purl")).matches("pkg:(deb/[a-z]+/libc6|generic/glibc)@[0-9][^+ ]*");
    }
}
