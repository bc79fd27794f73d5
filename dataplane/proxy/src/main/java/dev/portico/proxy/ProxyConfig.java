package dev.portico.proxy;

import dev.portico.proxy.listener.TransportKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is told when it starts. Each part is an argument {@code --key=value} or an environment variable
 * {@code PORTICO_KEY}; the argument wins, and an unknown key is refused. (An unknown variable is not: Kubernetes sets
 * some of that prefix for Services of that name.)
 *
 * @param dataPlane the id of the data plane that this process serves
 * @param state where the last known good table is kept
 * @param identity where ca.crt, tls.crt and tls.key are; the folder of that name in {@code state} if not said
 * @param listenHost the address that listeners bind; {@code ::} where clients come by IPv6 too
 * @param eventLoops how many threads carry traffic, 1 to 1024; if 0 is given, as many as there are processors
 * @param transport how they speak to the kernel: {@code io_uring}, {@code epoll} or {@code nio}, refused where that is
 *     not to be had; if {@code auto} is given, the first of these that kernel and seccomp allow
 * @param accessLog a file; absent: standard output
 * @param drainAccept how long new connections are accepted after the signal to end
 * @param drainTimeout how long requests in flight may take after that
 */
public record ProxyConfig(
        String dataPlane,
        Path state,
        Path identity,
        Address admin,
        Address config,
        String listenHost,
        int eventLoops,
        TransportKind transport,
        @Nullable Path accessLog,
        Duration drainAccept,
        Duration drainTimeout) {
    private static final String PREFIX = "PORTICO_";
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,6})s");
    private static final Map<String, String> DEFAULTS = Map.of(
            "admin-host", "0.0.0.0",
            "admin-port", "9080",
            "config-host", "0.0.0.0",
            "config-port", "9443",
            "listen-host", "0.0.0.0",
            "event-loops", "0",
            "transport", TransportKind.AUTO,
            "access-log", "stdout",
            "drain-accept", "10s",
            "drain-timeout", "60s");
    private static final String IDENTITY = "identity";
    private static final Set<String> REQUIRED = Set.of("data-plane", "state");

    /** Where a server listens; port 0 is any that is free. */
    public record Address(String host, int port) {}

    static ProxyConfig parse(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = new LinkedHashMap<>(DEFAULTS);
        for (String key : known()) {
            String value = environment.get(PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_'));
            if (value != null) {
                given.put(key, value);
            }
        }
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("argument is '" + argument + "', expected --key=value");
            }
            String key = argument.substring(2, equals);
            if (!known().contains(key)) {
                throw new IllegalArgumentException("key is '" + key + "', expected one of " + known());
            }
            given.put(key, argument.substring(equals + 1));
        }
        return of(new Given(given));
    }

    private static Set<String> known() {
        var known = new TreeSet<>(DEFAULTS.keySet());
        known.addAll(REQUIRED);
        known.add(IDENTITY);
        return known;
    }

    private static ProxyConfig of(Given given) {
        int loops = given.number("event-loops", 0, 1024);
        String log = given.text("access-log");
        return new ProxyConfig(
                given.text("data-plane"),
                Path.of(given.text("state")),
                given.has(IDENTITY)
                        ? Path.of(given.text(IDENTITY))
                        : Path.of(given.text("state")).resolve(IDENTITY),
                new Address(given.text("admin-host"), given.number("admin-port", 0, 65535)),
                new Address(given.text("config-host"), given.number("config-port", 0, 65535)),
                given.text("listen-host"),
                loops == 0 ? Runtime.getRuntime().availableProcessors() : loops,
                TransportKind.of(given.text("transport")),
                log.equals("stdout") ? null : Path.of(log),
                given.seconds("drain-accept"),
                given.seconds("drain-timeout"));
    }

    private record Given(Map<String, String> values) {
        boolean has(String key) {
            return values.containsKey(key);
        }

        String text(String key) {
            String value = values.get(key);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException(key + " is absent, expected --" + key + "=value");
            }
            return value;
        }

        int number(String key, int min, int max) {
            String value = text(key);
            try {
                int number = Integer.parseInt(value);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, as for a number out of range.
            }
            throw new IllegalArgumentException(key + " is '" + value + "', expected " + min + " to " + max);
        }

        Duration seconds(String key) {
            Matcher seconds = SECONDS.matcher(text(key));
            if (!seconds.matches()) {
                throw new IllegalArgumentException(key + " is '" + text(key) + "', expected seconds such as 10s");
            }
            return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
        }
    }
}
