package dev.portico.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP/1.1, as much as goes: each connection asks again as soon as it is answered.
 *
 * @param what the last element of the path, for which the origin has an answer
 * @param postedBytes 0: GET
 */
record Wrk(int connections, String what, int postedBytes) implements Load {
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");

    Wrk(int connections, String what) {
        this(connections, what, 0);
    }

    static Wrk post(int connections, int bytes) {
        return new Wrk(connections, "1k", bytes);
    }

    @Override
    public long ask(Target target, int seconds) throws IOException, InterruptedException {
        String output = Programs.output(command(target, seconds));
        if (output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IOException(target.url() + " did not answer all requests:\n" + output);
        }
        Matcher requests = REQUESTS.matcher(output);
        if (!requests.find()) {
            throw new IOException("wrk printed no number of requests:\n" + output);
        }
        return Long.parseLong(requests.group(1));
    }

    @Override
    public String describe(Target target, int seconds) {
        return String.join(" ", command(target, seconds));
    }

    private List<String> command(Target target, int seconds) {
        var command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "10s", "-s", "bench/paths.lua"));
        command.addAll(List.of(target.url(), "--", what, Integer.toString(target.prefixes())));
        if (postedBytes > 0) {
            command.add(Integer.toString(postedBytes));
        }
        return command;
    }
}
