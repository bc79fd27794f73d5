package dev.portico.images;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The list of what an image holds, by CycloneDX: Maven writes its dependencies into it, here what the base is made of is added. */
final class Bom {
    /** What the loader says of itself: whose glibc it is, and in which version. */
    private static final Pattern PACKAGED = Pattern.compile("\\((\\w+) GLIBC ([^)]+)\\)");

    private static final Pattern RELEASED = Pattern.compile("release version ([0-9.]+)\\.");

    private static final String REF = "bom-ref";

    private Bom() {}

    /** However often it is done, each is named once. */
    static void complete(Path bom, Path base) throws IOException, InterruptedException {
        JsonObject json = new JsonObject(Files.readString(bom));
        var components = json.getJsonArray("components");
        var named = components.stream()
                .map(JsonObject.class::cast)
                .map(component -> component.getString(REF))
                .toList();
        for (JsonObject component : List.of(runtime(), libc(base))) {
            if (!named.contains(component.getString(REF))) {
                components.add(component);
            }
        }
        Files.writeString(bom, json.put("components", components).encodePrettily() + "\n");
    }

    /** That of the JDK which runs this, as it ran jlink. */
    private static JsonObject runtime() {
        return component("platform", "openjdk", System.getProperty("java.runtime.version"), "generic/openjdk")
                .put("publisher", System.getProperty("java.vendor"));
    }

    private static JsonObject libc(Path base) throws IOException, InterruptedException {
        String said = version(Base.loader(base));
        var packaged = PACKAGED.matcher(said);
        if (packaged.find()) {
            String whose = packaged.group(1).toLowerCase(Locale.ROOT);
            return component("library", "libc6", packaged.group(2), "deb/" + whose + "/libc6");
        }
        var released = RELEASED.matcher(said);
        if (released.find()) {
            return component("library", "glibc", released.group(1), "generic/glibc");
        }
        throw new IOException("the loader says '" + said + "', expected the version of glibc");
    }

    private static String version(Path loader) throws IOException, InterruptedException {
        var process = new ProcessBuilder(loader.toString(), "--version").start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(loader + " --version ended with " + process.exitValue());
        }
        return said.lines().findFirst().orElse("");
    }

    private static JsonObject component(String type, String name, String version, String named) {
        String url = "pkg:" + named + "@" + URLEncoder.encode(version, StandardCharsets.UTF_8);
        return new JsonObject()
                .put("type", type)
                .put(REF, url)
                .put("name", name)
                .put("version", version)
                .put("purl", url);
    }
}
