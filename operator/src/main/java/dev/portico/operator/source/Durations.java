package dev.portico.operator.source;

import dev.portico.operator.model.Problems;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations as Gateway API writes them (GEP-2257): {@code 1m30s}. */
public final class Durations {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]+)(h|ms|m|s)");

    private Durations() {}

    /** The duration; null where it is absent or none, of which the latter is a problem. */
    public static @Nullable Duration read(@Nullable String text, String field, Problems problems) {
        if (text == null) {
            return null;
        }
        if (!DURATION.matcher(text).matches()) {
            problems.add(field, "Invalid", "'" + text + "' is no duration, expected one like 1m30s");
            return null;
        }
        var sum = Duration.ZERO;
        var parts = PART.matcher(text);
        while (parts.find()) {
            sum = sum.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
        }
        return sum;
    }

    private static Duration part(long number, String unit) {
        return switch (unit) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMillis(number);
        };
    }
}
