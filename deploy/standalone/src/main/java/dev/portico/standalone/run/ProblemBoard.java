package dev.portico.standalone.run;

import dev.portico.standalone.folder.LocatedProblem;
import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Prints every Problem as it appears (+) and as it goes (-), whoever finds it. */
final class ProblemBoard {
    private final PrintStream out;
    private final Map<String, Set<LocatedProblem>> standing = new HashMap<>();

    ProblemBoard(PrintStream out) {
        this.out = out;
    }

    /** All that one finder finds now. */
    synchronized void show(String finder, Collection<LocatedProblem> problems) {
        var before = standing.getOrDefault(finder, new TreeSet<>());
        var now = new TreeSet<>(problems);
        standing.put(finder, now);
        before.stream().filter(problem -> !now.contains(problem)).forEach(problem -> out.println("- " + problem));
        now.stream().filter(problem -> !before.contains(problem)).forEach(problem -> out.println("+ " + problem));
        out.flush();
    }

    synchronized int size() {
        return standing.values().stream().mapToInt(Set::size).sum();
    }
}
