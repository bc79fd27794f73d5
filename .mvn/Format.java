import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or rewrites the layout of every Java file: {@code java Format.java check|write|skip DIR}.
 *
 * <p>Run by Maven in the toolchain's JDK, because palantir-java-format parses with the JDK it runs in.
 */
final class Format {
    public static void main(String[] args) throws IOException {
        if (args[0].equals("skip")) {
            return;
        }
        var write = args[0].equals("write");
        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        var wrong = new ArrayList<Path>();
        for (Path file : sources(Path.of(args[1]))) {
            var before = Files.readString(file);
            try {
                var after = formatter.formatSource(ImportOrderer.reorderImports(
                        RemoveUnusedImports.removeUnusedImports(before), JavaFormatterOptions.Style.PALANTIR));
                if (!after.equals(before)) {
                    wrong.add(file);
                    if (write) {
                        Files.writeString(file, after);
                    }
                }
            } catch (FormatterException e) {
                System.err.println(file + ": " + e.getMessage());
                System.exit(1);
            }
        }
        if (!write && !wrong.isEmpty()) {
            wrong.forEach(file -> System.err.println("not formatted: " + file));
            System.err.println("remedy: mvn validate -Dformat=write");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }
    }
}
