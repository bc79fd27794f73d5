package dev.portico.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** What an image runs. */
enum Program {
    OPERATOR("operator", "dev.portico.operator.Main"),
    PROXY("proxy", "dev.portico.proxy.Main"),
    ECHO("echo", "dev.portico.echo.Main");

    private final String title;
    private final String mainClass;

    Program(String title, String mainClass) {
        this.title = title;
        this.mainClass = mainClass;
    }

    static Program named(String title) {
        return Arrays.stream(values())
                .filter(program -> program.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(title + " is no program"));
    }

    String mainClass() {
        return mainClass;
    }

    /** @param directory for what the program keeps in files */
    Rehearsal rehearse(Path directory) throws IOException {
        return switch (this) {
            case OPERATOR -> OperatorRehearsal.in(directory);
            case PROXY -> ProxyRehearsal.in(directory);
            case ECHO -> new EchoRehearsal();
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
