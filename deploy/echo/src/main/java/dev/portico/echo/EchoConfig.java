package dev.portico.echo;

import dev.portico.echo.Behaviour.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an echo is told when it starts, as {@code --key=value}; an unknown key is refused.
 *
 * @param ports on which all of it is answered
 */
record EchoConfig(Behaviour behaviour, List<Integer> ports) {
    private static final String HEADER = "header";
    private static final Set<String> KEYS = Set.of(
            "service", "namespace", "port", "status", HEADER, "body", "delay-ms", "grpc-status", "tls", "clients");

    EchoConfig {
        ports = List.copyOf(ports);
    }

    static EchoConfig parse(List<String> arguments) throws IOException {
        var given = new TreeMap<String, String>();
        var headers = new LinkedHashMap<String, String>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("argument is '" + argument + "', expected --key=value");
            }
            String key = argument.substring(2, equals);
            String value = argument.substring(equals + 1);
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("key is '" + key + "', expected one of " + new TreeSet<>(KEYS));
            }
            if (key.equals(HEADER)) {
                header(value, headers);
            } else if (given.put(key, value) != null) {
                throw new IllegalArgumentException("key " + key + " is there twice, expected once");
            }
        }
        return of(given, headers);
    }

    private static void header(String value, Map<String, String> headers) {
        int colon = value.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("header is '" + value + "', expected Name: value");
        }
        headers.put(value.substring(0, colon), value.substring(colon + 1).strip());
    }

    private static EchoConfig of(Map<String, String> given, Map<String, String> headers) throws IOException {
        String service = given.get("service");
        if (service == null || service.isEmpty()) {
            throw new IllegalArgumentException("service is absent, expected --service=NAME");
        }
        var ports = new ArrayList<Integer>();
        for (String port : given.getOrDefault("port", "8080").split(",", -1)) {
            ports.add(number("port", port, 1, 65_535));
        }
        var behaviour = new Behaviour(
                service,
                given.getOrDefault("namespace", "default"),
                number("status", given.getOrDefault("status", "200"), 200, 599),
                headers,
                given.get("body"),
                Duration.ofMillis(number("delay-ms", given.getOrDefault("delay-ms", "0"), 0, 600_000)),
                given.containsKey("grpc-status") ? number("grpc-status", given.get("grpc-status"), 0, 16) : null,
                tls(given.get("tls"), given.get("clients")));
        return new EchoConfig(behaviour, ports);
    }

    private static @Nullable Tls tls(@Nullable String directory, @Nullable String authorities) throws IOException {
        if (directory == null) {
            if (authorities != null) {
                throw new IllegalArgumentException("clients is " + authorities + ", expected tls beside it");
            }
            return null;
        }
        var files = Path.of(directory);
        return new Tls(
                Files.readString(files.resolve("tls.crt")),
                Files.readString(files.resolve("tls.key")),
                authorities == null ? null : Files.readString(Path.of(authorities)));
    }

    private static int number(String key, @Nullable String text, int min, int max) {
        try {
            int number = Integer.parseInt(String.valueOf(text));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new IllegalArgumentException(key + " is '" + text + "', expected " + min + " to " + max);
    }
}
