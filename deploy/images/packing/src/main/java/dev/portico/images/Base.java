package dev.portico.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is below every program where the base image is {@code scratch}: a runtime of the modules that the programs need, the
 * files of libc which that and the natives link to, and the names of the user.
 */
final class Base {
    private static final String SCRATCH = "scratch";

    /** Where a container finds programs without being told. */
    private static final Path RUNTIME = Path.of("usr", "local");

    /** What jdeps finds, and what is found by name: DNS, the diagnostic bean, flight recordings. */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.xml",
            "jdk.jfr",
            "jdk.management",
            "jdk.naming.dns",
            "jdk.unsupported");

    private static final List<String> LIBC =
            List.of("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1");

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/lib/x86_64-linux-gnu"),
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/lib64"),
            Path.of("/usr/lib64"));

    /** The name is written into every executable. */
    private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

    private static final int USER = 65_532;

    private Base() {}

    /** What an earlier build made is deleted in any case. */
    static void make(String image, Path base) throws IOException, InterruptedException {
        Trees.delete(base);
        if (!image.equals(SCRATCH)) {
            return;
        }
        Files.createDirectories(base.resolve(RUNTIME.getName(0)));
        new Jvm(base, base.resolveSibling("jlink.log"))
                .run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules=" + String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output=" + RUNTIME));
        copy(LOADER, base);
        for (String name : LIBC) {
            copy(found(name), base);
        }
        Path etc = Files.createDirectories(base.resolve("etc"));
        Files.writeString(etc.resolve("passwd"), "portico:x:%d:%d::/:/nologin\n".formatted(USER, USER));
        Files.writeString(etc.resolve("group"), "portico:x:%d:\n".formatted(USER));
        Trees.fixTimes(base);
    }

    static Path java(Path base) {
        return base.resolve(RUNTIME).resolve(Path.of("bin", "java"));
    }

    static Path loader(Path base) {
        return base.resolve(Path.of("/").relativize(LOADER));
    }

    private static Path found(String name) throws IOException {
        return LIBRARIES.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IOException(name + " is in none of " + LIBRARIES
                        + ", expected the glibc of x86-64; elsewhere build with -Dimage.base=IMAGE"));
    }

    private static void copy(Path file, Path base) throws IOException {
        Path target = base.resolve(Path.of("/").relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file.toRealPath(), target);
    }
}
