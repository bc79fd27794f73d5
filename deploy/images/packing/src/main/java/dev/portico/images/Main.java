package dev.portico.images;

import java.nio.file.Path;

/**
 * {@code base IMAGE BASE} makes what is below every program, unless {@code IMAGE} is another than {@code scratch};
 * {@code pack PROGRAM OPTIONS MODULE BASE} makes a program's own files, in the module's {@code target/image}.
 */
final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "base" -> Base.make(arguments[1], absolute(arguments[2]));
            case "pack" ->
                Packing.pack(
                        Program.named(arguments[1]),
                        absolute(arguments[2]),
                        absolute(arguments[3]),
                        absolute(arguments[4]));
            default -> throw new IllegalArgumentException(arguments[0] + ", expected base or pack");
        }
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
