package dev.portico.operator.compile;

import dev.portico.operator.compile.Table.Entry;
import dev.portico.routetable.Section;
import java.util.HashMap;
import java.util.List;

/** SomeTables for tests that do not care how they came to be. */
public final class SomeTables {
    private SomeTables() {}

    public static Table of(Section... sections) {
        var entries = new HashMap<String, Entry>();
        for (Section section : sections) {
            entries.put(section.key(), Entry.of(section, List.of()));
        }
        return Table.EMPTY.with(entries);
    }
}
