package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an access log of Portico says of requests that were not answered with 2xx.
 *
 * @param unexplained lines of them that give no reason, the first few
 */
record LogAudit(long lines, Map<String, Long> reasons, long withoutReason, List<String> unexplained) {
    private static final int SHOWN = 5;
    private static final Pattern STATUS = Pattern.compile("\"status\":([0-9]+)");
    private static final Pattern REASON = Pattern.compile("\"reason\":\"([a-z_]+)\"");

    static LogAudit of(Path log) throws IOException {
        long count = 0;
        long withoutReason = 0;
        var reasons = new TreeMap<String, Long>();
        var unexplained = new ArrayList<String>();
        try (Stream<String> lines = Files.lines(log)) {
            for (Iterator<String> each = lines.iterator(); each.hasNext(); count++) {
                String line = each.next();
                Matcher status = STATUS.matcher(line);
                if (!status.find()) {
                    throw new IOException(log + " has a line without a status: " + line);
                }
                if (status.group(1).startsWith("2")) {
                    continue;
                }
                Matcher reason = REASON.matcher(line);
                if (reason.find()) {
                    reasons.merge(status.group(1) + " " + reason.group(1), 1L, Long::sum);
                } else {
                    withoutReason++;
                    if (unexplained.size() < SHOWN) {
                        unexplained.add(line);
                    }
                }
            }
        }
        return new LogAudit(count, reasons, withoutReason, unexplained);
    }
}
