package dev.portico.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Puts a program's files where its image has them: below {@code app} its libraries, its natives as files of their own, the
 * options of its JVM, and the archive of its classes.
 */
final class Packing {
    private static final String NATIVE_ENTRIES = "META-INF/native/";
    private static final String NATIVES = "-linux-x86_64.jar";

    /** Where there is one; a JVM that does not find it says so on standard output. */
    private static final String ARCHIVE = """

            # Half the time to the first request. It serves the one class path, file times and runtime that it was made with.
            -XX:SharedArchiveFile=/app/classes.jsa
            """;

    private Packing() {}

    /**
     * @param options of the program's JVM
     * @param module the image's, with the libraries in {@code target/libs}
     * @param base what {@link Base} made; where it is not there, another image brings a JVM that reads no archive of ours
     */
    static void pack(Program program, Path options, Path module, Path base) throws IOException, InterruptedException {
        Path target = module.resolve("target");
        // Jib asks for it, although no program has classes of its image's own.
        Files.createDirectories(target.resolve("classes"));
        // Jib keeps layers and knows them by the times of files, which here are always the same.
        Trees.delete(target.resolve("jib-cache"));
        if (Files.exists(base)) {
            Bom.complete(target.resolve("bom.json"), base);
        }
        Path image = layOut(options, module, base, target);
        if (Files.exists(base)) {
            new ClassArchive(program, Base.java(base), image, target.resolve("rehearsal")).make();
        }
        Trees.fixTimes(image);
    }

    /**
     * All but the archive; the same files whenever it is done.
     *
     * @param to where the files are put, below {@code image}
     */
    static Path layOut(Path options, Path module, Path base, Path to) throws IOException {
        Path target = module.resolve("target");
        Path image = to.resolve("image");
        Trees.delete(image);
        Path app = Files.createDirectories(image.resolve("app"));
        libraries(target.resolve("libs"), app);
        Files.copy(module.resolveSibling("image.options"), app.resolve("image.options"));
        if (Files.exists(base)) {
            Files.writeString(app.resolve("image.options"), ARCHIVE, StandardOpenOption.APPEND);
        }
        Files.copy(options, app.resolve("jvm.options"));
        Files.copy(target.resolve("bom.json"), app.resolve("bom.json"));
        Files.writeString(app.resolve("classpath"), classPath("/", image));
        Trees.fixTimes(image);
        return image;
    }

    private static void libraries(Path from, Path app) throws IOException {
        Path libraries = Files.createDirectory(app.resolve("libs"));
        Path natives = Files.createDirectory(app.resolve("native"));
        try (var jars = Files.list(from)) {
            for (Path jar : jars.sorted().toList()) {
                String name = jar.getFileName().toString();
                Files.copy(jar, libraries.resolve(name));
                if (name.endsWith(NATIVES)) {
                    unpack(jar, natives);
                }
            }
        }
    }

    private static void unpack(Path jar, Path natives) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream()
                    .filter(one -> one.getName().startsWith(NATIVE_ENTRIES)
                            && one.getName().endsWith(".so"))
                    .toList()) {
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, natives.resolve(entry.getName().substring(NATIVE_ENTRIES.length())));
                }
            }
        }
    }

    /** In an order that does not depend on the folder's: an archive serves one class path. */
    static String classPath(String root, Path image) throws IOException {
        try (var jars = Files.list(image.resolve("app").resolve("libs"))) {
            return jars.map(jar -> root + image.relativize(jar)).sorted().collect(Collectors.joining(":"));
        }
    }
}
