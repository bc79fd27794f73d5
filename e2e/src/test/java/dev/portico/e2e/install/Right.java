package dev.portico.e2e.install;

import dev.portico.e2e.cases.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that the operator may do.
 *
 * @param objects as {@code kubectl auth can-i} names them, with {@code /status} where it is about that
 * @param of the only name that it holds for; empty: all
 */
record Right(String verb, String objects, String of) implements Comparable<Right> {
    private static final Path PAGE = Path.of("../docs/operator.md");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    /** Those that docs/operator.md tells of places, by what its table calls them. */
    static Set<Right> documented(String... places) throws IOException {
        String page = Files.readString(PAGE);
        String chapter = page.substring(page.indexOf("## What it may do"));
        List<String[]> rows = chapter.lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.substring(2).split("\\s*\\|\\s*", -1))
                .toList();
        var rights = new TreeSet<Right>();
        String where = "";
        for (String[] row : rows) {
            where = row[0].isBlank() ? where : row[0].strip();
            if (List.of(places).contains(where)) {
                rights.addAll(rights(row));
            }
        }
        return rights;
    }

    private static Set<Right> rights(String[] row) {
        List<String> names = row[3].startsWith("only ") ? words(row[3]) : List.of("");
        return words(row[1]).stream()
                .flatMap(objects -> words(row[2]).stream()
                        .flatMap(verb -> names.stream().map(name -> new Right(verb, objects, name))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell).results().map(word -> word.group(1)).toList();
    }

    /** Those of Roles or ClusterRoles. */
    static Set<Right> of(List<Tree> roles) {
        return roles.stream()
                .flatMap(role -> role.trees("rules").stream())
                .flatMap(Right::ofRule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Right> ofRule(Tree rule) {
        List<String> names = rule.find("resourceNames").isPresent() ? texts(rule, "resourceNames") : List.of("");
        return texts(rule, "apiGroups").stream()
                .flatMap(group -> texts(rule, "resources").stream().map(resource -> objects(group, resource)))
                .flatMap(objects -> texts(rule, "verbs").stream()
                        .flatMap(verb -> names.stream().map(name -> new Right(verb, objects, name))));
    }

    static String objects(String group, String resource) {
        String[] parts = resource.split("/", 2);
        return parts[0] + (group.isEmpty() ? "" : "." + group) + (parts.length > 1 ? "/" + parts[1] : "");
    }

    private static List<String> texts(Tree rule, String key) {
        return ((List<?>) rule.get(key)).stream().map(String::valueOf).toList();
    }

    /** Whether who has it may do the other. */
    boolean covers(Right other) {
        return verb.equals(other.verb) && objects.equals(other.objects) && (of.isEmpty() || of.equals(other.of));
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }
}
