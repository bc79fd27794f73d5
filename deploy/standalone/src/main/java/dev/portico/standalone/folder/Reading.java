package dev.portico.standalone.folder;

import dev.portico.operator.model.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that a folder holds at one time. */
public record Reading(Map<ObjectRef, SourceObject> objects, List<LocatedProblem> problems) {
    static final Reading NOTHING = new Reading(Map.of(), List.of());

    public Reading {
        problems = problems.stream().sorted().toList();
    }

    /**
     * Reads a folder once, or a single file.
     *
     * @return the one Problem that there is no such folder, where there is none
     */
    public static Reading of(java.nio.file.Path folder) {
        var files = new Files(folder);
        files.refresh();
        return files.reading();
    }

    /** Joins files; an object that is in several stays with the file that it was in before, else with the first. */
    static Reading of(Collection<FileContent> files, Reading before) {
        var found = new TreeMap<ObjectRef, List<SourceObject>>();
        var problems = new ArrayList<LocatedProblem>();
        for (FileContent file : files) {
            problems.addAll(file.problems());
            file.objects()
                    .forEach(object -> found.computeIfAbsent(object.ref(), ref -> new ArrayList<>())
                            .add(object));
        }
        var objects = new LinkedHashMap<ObjectRef, SourceObject>();
        found.forEach((ref, candidates) -> {
            var chosen = choose(candidates, before.objects.get(ref));
            objects.put(ref, chosen);
            candidates.stream()
                    .filter(other -> !other.equals(chosen))
                    .forEach(other -> problems.add(twice(other, chosen)));
        });
        return new Reading(objects, problems);
    }

    private static SourceObject choose(List<SourceObject> candidates, @Nullable SourceObject before) {
        return candidates.stream()
                .filter(candidate -> before != null && candidate.file().equals(before.file()))
                .findFirst()
                .orElse(candidates.getFirst());
    }

    private static LocatedProblem twice(SourceObject other, SourceObject chosen) {
        var place = chosen.file() + ":" + chosen.places().line("");
        return other.problem("metadata.name", "this object stands also in " + place + ", and that one is served");
    }
}
