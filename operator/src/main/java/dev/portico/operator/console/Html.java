package dev.portico.operator.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page. Whatever users wrote can only become text of it: escaped, and cut where it is long. */
final class Html {
    /** So many rows of a table are shown. */
    static final int MAX_ROWS = 200;
    /** So many characters of a text are shown. */
    static final int MAX_TEXT = 400;

    private final StringBuilder out = new StringBuilder(16 * 1024);

    Html(String title) {
        out.append("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <link rel="stylesheet" href="/style.css">
                """);
        element("title", "", title);
        out.append("</head>\n<body>\n");
        element("h1", "", title);
    }

    /** A path of the console with these elements, whatever they contain. */
    static String path(String... elements) {
        return Stream.of(elements)
                .map(element -> "/" + URLEncoder.encode(element, UTF_8).replace("+", "%20"))
                .collect(Collectors.joining());
    }

    Html heading(String text) {
        return element("h2", "", text);
    }

    Html paragraph(String text) {
        return element("p", "", text);
    }

    Html warning(String text) {
        return element("p", " class=\"trouble\"", text);
    }

    Html link(String href, String text) {
        out.append("<p>");
        cell(Cell.link(href, text));
        out.append("</p>\n");
        return this;
    }

    /** A row for each of the first of them, and how many there are more. */
    <T> Html table(List<String> columns, Collection<T> all, Function<T, List<Cell>> row) {
        if (all.isEmpty()) {
            return paragraph("None.");
        }
        out.append("<table>\n<tr>");
        columns.forEach(column -> element("th", "", column));
        out.append("</tr>\n");
        all.stream().limit(MAX_ROWS).map(row).forEach(this::row);
        out.append("</table>\n");
        return all.size() > MAX_ROWS ? paragraph(all.size() - MAX_ROWS + " more are not shown.") : this;
    }

    private void row(List<Cell> cells) {
        out.append("<tr>");
        for (Cell cell : cells) {
            out.append(cell.trouble() ? "<td class=\"trouble\">" : "<td>");
            cell(cell);
            out.append("</td>");
        }
        out.append("</tr>\n");
    }

    private void cell(Cell cell) {
        if (cell.href() == null) {
            text(cell.text());
        } else {
            out.append("<a href=\"");
            text(cell.href());
            out.append("\">");
            text(cell.text());
            out.append("</a>");
        }
    }

    private Html element(String name, String attributes, String text) {
        out.append('<').append(name).append(attributes).append('>');
        text(text);
        out.append("</").append(name).append(">\n");
        return this;
    }

    private void text(String text) {
        var shown = Math.min(text.length(), MAX_TEXT);
        for (int i = 0; i < shown; i++) {
            character(text.charAt(i));
        }
        if (shown < text.length()) {
            out.append(" … (").append(text.length()).append(" characters)");
        }
    }

    private void character(char c) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.append(isInvisible(c) ? '\uFFFD' : c);
        }
    }

    // Among them those that turn the direction of what follows, and make it read as something else.
    private static boolean isInvisible(char c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    @Override
    public String toString() {
        return out + "</body>\n</html>\n";
    }

    /**
     * What stands in a table.
     *
     * @param href where it leads, if anywhere
     * @param trouble whether somebody should look at it
     */
    record Cell(String text, @Nullable String href, boolean trouble) {
        static Cell of(String text) {
            return new Cell(text, null, false);
        }

        static Cell of(long number) {
            return of(Long.toString(number));
        }

        static Cell link(String href, String text) {
            return new Cell(text, href, false);
        }

        static Cell trouble(String text) {
            return new Cell(text, null, true);
        }
    }
}
