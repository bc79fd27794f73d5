package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP/2, as much as goes: each stream that ends is followed by another.
 *
 * @param streams at once on each connection
 */
record H2load(int connections, int streams) implements Load {
    private static final Pattern REQUESTS = Pattern.compile(
            "requests: [0-9]+ total, [0-9]+ started, [0-9]+ done, ([0-9]+) succeeded, 0 failed, 0 errored, 0 timeout");
    private static final Pattern STATUS = Pattern.compile("status codes: [0-9]+ 2xx, 0 3xx, 0 4xx, 0 5xx");

    @Override
    public long ask(Target target, int seconds) throws IOException, InterruptedException {
        return succeeded(command(target, seconds));
    }

    /** Runs it and returns how many requests were answered; fails unless all were, with 2xx. */
    static long succeeded(List<String> command) throws IOException, InterruptedException {
        String output = Programs.output(command);
        Matcher requests = REQUESTS.matcher(output);
        if (!requests.find() || !STATUS.matcher(output).find()) {
            throw new IOException(String.join(" ", command) + ": not all requests were answered:\n" + output);
        }
        return Long.parseLong(requests.group(1));
    }

    @Override
    public String describe(Target target, int seconds) {
        return String.join(" ", command(target, seconds));
    }

    private List<String> command(Target target, int seconds) {
        return List.of(
                "h2load",
                "-c" + connections,
                "-m" + streams,
                "-D" + seconds,
                "-i",
                "bench/paths.txt",
                "-B",
                target.url());
    }
}
