package dev.portico.crds.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one object, in the words of the API server. */
final class Findings {
    private static final int SHOWN = 200;

    private final List<Finding> list = new ArrayList<>();

    List<Finding> list() {
        return list;
    }

    boolean blockRules() {
        return list.stream().anyMatch(finding -> finding.kind().blocksRules());
    }

    void invalid(String field, @Nullable Object value, String expectation) {
        add(field, Finding.Kind.INVALID, shown(value), expectation);
    }

    /** The bounds of a schema, whose messages repeat the field. */
    void outOfBounds(String field, Object value, String expectation) {
        invalid(field, value, field + " in body " + expectation);
    }

    void wrongType(String field, @Nullable Object value, String expected) {
        String found = Types.nameOf(value);
        add(
                field,
                Finding.Kind.WRONG_TYPE,
                '"' + found + '"',
                field + " in body must be of type " + expected + ": \"" + found + '"');
    }

    void required(String field) {
        required(field, "");
    }

    void required(String field, String why) {
        add(field, Finding.Kind.REQUIRED, null, why);
    }

    void unsupported(String field, Object value, Collection<String> supported) {
        String all = new TreeSet<>(supported).stream().map(Json::text).collect(Collectors.joining(", "));
        add(field, Finding.Kind.UNSUPPORTED, shown(value), "supported values: " + all);
    }

    void duplicate(String field, Object value) {
        add(field, Finding.Kind.DUPLICATE, shown(value), "");
    }

    void tooLong(String field, long maximum) {
        add(field, Finding.Kind.TOO_LONG, null, "may not be more than " + maximum + " bytes");
    }

    void tooMany(String field, int found, long maximum) {
        add(field, Finding.Kind.TOO_MANY, String.valueOf(found), "must have at most " + maximum + " items");
    }

    void unknownField(String field) {
        add(field, Finding.Kind.UNKNOWN_FIELD, null, "no such field");
    }

    void refused(String why) {
        add("", Finding.Kind.REFUSED, null, why);
    }

    private void add(String field, Finding.Kind kind, @Nullable String value, String expectation) {
        list.add(new Finding(field, kind, value, expectation));
    }

    private static String shown(@Nullable Object value) {
        String json = Json.write(value);
        return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "…";
    }
}
