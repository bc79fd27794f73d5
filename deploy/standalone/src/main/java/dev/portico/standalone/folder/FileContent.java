package dev.portico.standalone.folder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What a file holds, and what of it cannot be read. */
record FileContent(List<SourceObject> objects, List<LocatedProblem> problems) {
    static final FileContent NOTHING = new FileContent(List.of(), List.of());

    FileContent {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    static FileContent unreadable(LocatedProblem problem) {
        return new FileContent(List.of(), List.of(problem));
    }

    /** With the objects that were in the file before: as long as something in it cannot be read, they may still be. */
    FileContent after(FileContent former) {
        if (problems.isEmpty()) {
            return this;
        }
        var refs = new HashSet<>();
        objects.forEach(object -> refs.add(object.ref()));
        var kept = new ArrayList<>(objects);
        former.objects.stream().filter(object -> !refs.contains(object.ref())).forEach(kept::add);
        return new FileContent(kept, problems);
    }

    /** Whether some object that was there is missing, or what is there cannot be read: as in a file half written. */
    boolean lessThan(FileContent former) {
        var refs = new HashSet<>();
        objects.forEach(object -> refs.add(object.ref()));
        return !problems.isEmpty() || !former.objects.stream().allMatch(object -> refs.contains(object.ref()));
    }
}
