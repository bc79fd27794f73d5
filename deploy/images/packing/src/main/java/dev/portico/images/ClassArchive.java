package dev.portico.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The classes that a program loads, read and verified beforehand.
 *
 * <p>A start loads them in whatever order its threads come to it, and resolves constants as its compiler has time; at the
 * end some threads are faster than others. All that is left out of the list, so that mostly it is the same whenever the same
 * is asked, and with it the archive.
 */
final class ClassArchive {
    /** Loaded when a signal asks for the end, for the first time and before all that the end needs. */
    private static final String END = "jdk/internal/misc/Signal$1 ";

    private static final Pattern ID = Pattern.compile(" id: [0-9]+$");

    private static final String ARCHIVE = "-XX:SharedArchiveFile=app/classes.jsa";

    /** The archive's objects lie as they would on a heap of this size: not as on this machine's. */
    private static final String HEAP = "-Xmx128m";

    /** Of classes that stay out, because their jar is signed or what they extend is not there, it says each by name. */
    private static final String QUIET = "-Xlog:cds=error";

    private final Program program;
    private final Path java;
    private final Path image;
    private final Path directory;
    private final Jvm jvm;

    /** @param directory for what is no part of the image */
    ClassArchive(Program program, Path java, Path image, Path directory) {
        this.program = program;
        this.java = java;
        this.image = image;
        this.directory = directory;
        this.jvm = new Jvm(image, directory.resolve("log"));
    }

    void make() throws IOException, InterruptedException {
        Trees.delete(directory);
        Path loaded = Files.createDirectories(directory).resolve("loaded");
        rehearse("-XX:DumpLoadedClassList=" + loaded);
        Path list = directory.resolve("classes");
        try (var lines = Files.lines(loaded)) {
            Files.write(
                    list,
                    lines.takeWhile(line -> !line.startsWith(END))
                            .filter(line -> !line.startsWith("#") && !line.startsWith("@cp "))
                            .map(line -> ID.matcher(line).replaceFirst(""))
                            .distinct()
                            .sorted()
                            .toList());
        }
        jvm.run(command("-Xshare:dump", QUIET, HEAP, "-XX:SharedClassListFile=" + list, ARCHIVE));
        rehearse(ARCHIVE, "-Xshare:on");
    }

    private void rehearse(String... options) throws IOException, InterruptedException {
        try (var rehearsal = program.rehearse(directory)) {
            var command = command(options);
            command.add(program.mainClass());
            command.addAll(rehearsal.arguments());
            jvm.run(command, rehearsal);
        }
    }

    /** With the options of the image, but where its files are now; the archive keeps the paths, so they begin there. */
    private List<String> command(String... options) throws IOException {
        var command = new ArrayList<>(
                List.of(java.toString(), "@app/jvm.options", "@app/image.options", "-Djava.library.path=app/native"));
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(Packing.classPath("", image));
        return command;
    }
}
