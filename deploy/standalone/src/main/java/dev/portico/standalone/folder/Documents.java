package dev.portico.standalone.folder;

import java.util.ArrayList;
import java.util.List;

/** Cuts a file at its {@code ---} lines, so that a document that is broken costs no other. */
final class Documents {
    private Documents() {}

    static List<Part> of(String text) {
        var parts = new ArrayList<Part>();
        int start = 0;
        int firstLine = 1;
        int line = 1;
        for (int at = 0; at < text.length(); line++) {
            var newline = text.indexOf('\n', at);
            var end = newline < 0 ? text.length() : newline + 1;
            if (separates(text, at, end)) {
                parts.add(new Part(text.substring(start, at), firstLine));
                start = at + 3;
                firstLine = line;
            }
            at = end;
        }
        parts.add(new Part(text.substring(start), firstLine));
        return parts;
    }

    private static boolean separates(String text, int at, int end) {
        return text.startsWith("---", at) && (at + 3 == end || Character.isWhitespace(text.charAt(at + 3)));
    }

    /** A document and the line on which it begins. */
    record Part(String text, int firstLine) {}
}
