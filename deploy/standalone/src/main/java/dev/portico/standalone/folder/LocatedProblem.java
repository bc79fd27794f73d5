package dev.portico.standalone.folder;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user got wrong and where to mend it.
 *
 * @param file the file as the user named it; empty where no file is to blame
 * @param line the line in it, from 1; 0 where no line is to blame
 * @param object as in {@code Ingress/shop/web}; empty where the whole file is to blame
 * @param field the path of the field; empty where the whole object is to blame
 * @param value what stands there; absent where nothing does, or where it must not be shown
 * @param expectation what is wrong with it, or what should stand there
 */
public record LocatedProblem(
        String file,
        int line,
        String object,
        String field,
        @Nullable String value,
        String expectation) implements Comparable<LocatedProblem> {
    private static final int SHOWN = 80;

    public static LocatedProblem of(String file, int line, String expectation) {
        return new LocatedProblem(file, line, "", "", null, expectation);
    }

    /** Locates what was found in an object of a folder, or in one that no file says. */
    public static LocatedProblem of(Problem problem, Map<ObjectRef, SourceObject> sources) {
        var source = sources.get(problem.object());
        return source == null
                ? new LocatedProblem("", 0, problem.object().toString(), problem.field(), null, problem.message())
                : source.locate(problem);
    }

    @Override
    public int compareTo(LocatedProblem other) {
        var order = file.compareTo(other.file);
        order = order != 0 ? order : Integer.compare(line, other.line);
        order = order != 0 ? order : object.compareTo(other.object);
        order = order != 0 ? order : field.compareTo(other.field);
        return order != 0 ? order : expectation.compareTo(other.expectation);
    }

    /** One line: {@code shop.yaml:12 Ingress/shop/web spec.rules[0].host "a b": must be a DNS name}. */
    @Override
    public String toString() {
        var place = line > 0 ? file + ":" + line : file;
        var text = new StringBuilder(place);
        append(text, object);
        append(text, field);
        if (value != null) {
            append(text, '"' + shown(value) + '"');
        }
        return (text.isEmpty() ? "" : text + ": ") + expectation.replaceAll("\\p{Cntrl}+", " ");
    }

    private static void append(StringBuilder text, String part) {
        if (!part.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(part);
        }
    }

    private static String shown(String value) {
        var line = value.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
