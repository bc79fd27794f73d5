package dev.portico.proxy.match;

import dev.portico.proxy.pipeline.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what conditions and keys name. Absent values are null. */
public final class Attributes {
    private Attributes() {}

    /** All lines of the header, joined by commas: who asks for the first line alone can be got around by a second. */
    public static @Nullable String header(RequestHead head, String name) {
        List<String> lines = head.headers().getAll(name);
        return switch (lines.size()) {
            case 0 -> null;
            case 1 -> lines.getFirst();
            default -> String.join(",", lines);
        };
    }

    /** The first value of the query parameter, decoded. */
    public static @Nullable String queryParam(RequestHead head, String name) {
        String query = head.query();
        if (query == null) {
            return null;
        }
        int start = 0;
        while (start <= query.length()) {
            int end = end(query, '&', start);
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (decoded(query.substring(start, nameEnd)).equals(name)) {
                return nameEnd == end ? "" : decoded(query.substring(nameEnd + 1, end));
            }
            start = end + 1;
        }
        return null;
    }

    /** The value of the first cookie of that name, as it stands. */
    public static @Nullable String cookie(RequestHead head, String name) {
        for (String line : head.headers().getAll(HttpHeaderNames.COOKIE)) {
            int start = 0;
            while (start < line.length()) {
                int end = end(line, ';', start);
                String pair = line.substring(start, end).strip();
                if (pair.length() > name.length() && pair.charAt(name.length()) == '=' && pair.startsWith(name)) {
                    return pair.substring(name.length() + 1);
                }
                start = end + 1;
            }
        }
        return null;
    }

    private static int end(String text, char separator, int from) {
        int at = text.indexOf(separator, from);
        return at < 0 ? text.length() : at;
    }

    private static String decoded(String raw) {
        if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
            return raw;
        }
        try {
            return QueryStringDecoder.decodeComponent(raw);
        } catch (IllegalArgumentException e) {
            // A broken escape has no other meaning than itself.
            return raw;
        }
    }
}
