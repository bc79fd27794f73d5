package dev.portico.proxy;

import io.netty.util.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses to run where requests could be smuggled: with an old Netty, or with its strictness switched off. */
final class StartupChecks {
    private static final Pattern VERSION = Pattern.compile("4\\.2\\.([0-9]+)\\.Final");
    private static final int OLDEST_PATCH = 18;

    /** Settings whose value here makes parsing lenient. */
    private static final Map<String, String> LENIENT = Map.of(
            "vertx.disableHttpHeadersValidation", "true",
            "io.netty.handler.codec.http.rfc9112TransferEncoding", "false",
            "io.netty.handler.codec.http.defaultStrictLineParsing", "false");

    private StartupChecks() {}

    /** What is wrong; empty: nothing. */
    static List<String> problems() {
        var problems = new ArrayList<String>();
        Version.identify().forEach((artifact, version) -> {
            boolean isNetty = artifact.startsWith("netty-") && !artifact.startsWith("netty-tcnative");
            if (isNetty && !isSafe(version.artifactVersion())) {
                problems.add(artifact + " is " + version.artifactVersion() + ", expected 4.2." + OLDEST_PATCH
                        + ".Final or newer");
            }
        });
        problems.addAll(problems(System.getProperties()));
        return problems;
    }

    static List<String> problems(Properties properties) {
        var problems = new ArrayList<String>();
        LENIENT.forEach((name, lenient) -> {
            String value = properties.getProperty(name);
            // -Dname alone sets "", which some readers take for true.
            if (value != null && (value.isEmpty() || value.equalsIgnoreCase(lenient))) {
                problems.add("system property " + name + " is '" + value + "', expected it not to be set");
            }
        });
        return problems;
    }

    static boolean isSafe(String nettyVersion) {
        Matcher version = VERSION.matcher(nettyVersion);
        return version.matches() && Integer.parseInt(version.group(1)) >= OLDEST_PATCH;
    }
}
