package dev.portico.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Portico is compared with, each from its template in {@code e2e/bench}. */
final class Peers {
    private static final Ids NGINX_IDS = new Ids("proxy_set_header X-Request-ID $request_id;", "$request_id");
    private static final Ids HAPROXY_IDS = new Ids("unique-id-format %[uuid]\n  unique-id-header X-Request-ID", "%ID");

    private Peers() {}

    static List<String> nginx(Bench bench, String name, Setup setup, Map<Scheme, Integer> ports) throws IOException {
        String locations = setup.paths().stream()
                .map(path -> "    location " + path + " { proxy_pass http://origin; }")
                .collect(Collectors.joining("\n"));
        Path file = bench.directory().resolve(name + ".conf");
        var more = new HashMap<>(Map.of("ROUTES", locations));
        more.putAll(NGINX_IDS.in(setup));
        Template.fill("nginx.conf", values(bench, name, setup, ports, more), file);
        return nginx(bench.directory(), file);
    }

    static List<String> nginx(Path directory, Path configuration) {
        return List.of("nginx", "-p", directory.toString(), "-c", configuration.toString());
    }

    static List<String> haproxy(Bench bench, String name, Setup setup, Map<Scheme, Integer> ports) throws IOException {
        Files.write(
                bench.directory().resolve(name + ".map"),
                Stream.concat(
                                setup.paths().stream().map(path -> path + " origin"),
                                Stream.of("/echo echo", "/bench.Echo calls"))
                        .toList());
        Path file = bench.directory().resolve(name + ".cfg");
        Template.fill("haproxy.cfg", values(bench, name, setup, ports, HAPROXY_IDS.in(setup)), file);
        return List.of("haproxy", "-f", file.toString());
    }

    private static Map<String, Object> values(
            Bench bench, String name, Setup setup, Map<Scheme, Integer> ports, Map<String, String> more) {
        var values = new HashMap<String, Object>(more);
        ports.forEach((scheme, port) -> values.put(scheme.name(), port));
        values.put("RUN", bench.directory());
        values.put("NAME", name);
        values.put("ORIGIN", bench.origin());
        values.put("ECHO", bench.echo());
        values.put("LOOPS", setup.loops());
        return values;
    }

    /** How a peer gives a request an id, and how its log names it. */
    private record Ids(String given, String logged) {
        Map<String, String> in(Setup setup) {
            return setup.requestIds()
                    ? Map.of("GIVEID", given, "LOGID", "\"requestId\":\"" + logged + "\",")
                    : Map.of("GIVEID", "", "LOGID", "");
        }
    }
}
