package dev.portico.e2e.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** YAML as maps, lists and scalars, in the order of the file. */
final class Yaml {
    private Yaml() {}

    /** All documents of a file that hold something. */
    static List<Object> documents(Path file) throws IOException {
        var documents = new ArrayList<>();
        for (Object document : new Load(
                        LoadSettings.builder().setLabel(file.toString()).build())
                .loadAllFromString(Files.readString(file))) {
            if (document != null) {
                documents.add(document);
            }
        }
        return documents;
    }

    static String write(Object document) {
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.AUTO)
                        .setWidth(160)
                        .setSplitLines(false)
                        .setIndicatorIndent(0)
                        .build())
                .dumpToString(document);
    }
}
