package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code RequestBench [SCENARIO...] [--OPTION=NUMBER...]}: what requests cost beside nginx and HAProxy. */
final class RequestBench {
    /** Fewer are a try, of which the page says nothing. */
    private static final int ROUNDS = 9;

    private static final Path PAGE = Path.of("../docs/results/performance.md");

    private static final String TABLE = """
            | scenario | µs per | Portico | beside | ratio | at most |
            |---|---|---|---|---|---|
            """;

    private RequestBench() {}

    public static void main(String[] args) throws Exception {
        new Series(
                        Scenarios.ALL,
                        PAGE,
                        TABLE,
                        RequestBench::head,
                        Map.of("rounds", ROUNDS, "seconds", 3, "warm", 30),
                        options -> options.get("rounds") >= ROUNDS)
                .run(args);
    }

    private static String head(Bench bench) throws IOException, InterruptedException {
        return """
                # Performance

                What a request costs the proxy that carries it: microseconds of processor time, user and system, of all threads of its process, as the kernel accounts for them
                (`/proc/PID/stat`); for Portico the JVM's compiler and collector and the writer of the access log are among them. The load, the endpoint and the proxy share the machine, hence
                processor time is what counts and requests per second are only told.

                All proxies route by 100 prefixes, keep connections to endpoints, log every request as JSON to a file, and have one event loop, worker or thread unless it is said
                otherwise; Portico's metrics are on. TLS is 1.3 with TLS_AES_128_GCM_SHA256, X25519 and the same ECDSA P-256 certificate. The peers' configurations, with their log formats,
                are [nginx.conf](../../e2e/bench/nginx.conf) and [haproxy.cfg](../../e2e/bench/haproxy.cfg), the endpoint's is [origin.conf](../../e2e/bench/origin.conf).

                In each round one is measured after the other, in changing order. Given are medians, and in brackets the interval that holds the median with 95 %% confidence; a ratio is
                the median of the ratios of the rounds. Processes are the same for all scenarios of a run, one after the other, so that nobody is measured fresh, but where a scenario names settings
                of its own; where it was measured several times the interval is that of all rounds, which knows nothing of how processes differ; the median of each time is told. A chapter may have been measured again since others were.

                *At most* is what Portico promises; a median above it, before it is rounded, is marked as **not met**. The command ends with 1 where something could not be measured, not
                where a promise is broken: within minutes a host is slower by more than what many of them leave.

                Again: `e2e/bench/run` for all, `e2e/bench/run SCENARIO` for one. On %s; %s.

                ```
                %s
                ```
                """.formatted(
                        Machine.describe(),
                        programs(),
                        bench.all().stream()
                                .map(contender -> bench.show(String.join(" ", contender.command())))
                                .collect(Collectors.joining("\n")));
    }

    private static String programs() throws IOException, InterruptedException {
        var versions = new ArrayList<String>();
        for (String program : List.of("nginx -v", "haproxy -v", "h2load --version", "openssl version")) {
            versions.add(Programs.output(List.of(program.split(" ")))
                    .lines()
                    .findFirst()
                    .orElseThrow());
        }
        return String.join(", ", versions);
    }
}
