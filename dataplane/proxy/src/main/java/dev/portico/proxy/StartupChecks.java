package dev.portico.proxy;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import io.netty.util.Version;
import java.lang.management.ManagementFactory;
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

    /** Settings that make parsing lenient, with the one value that does not: there are many ways to say no. */
    private static final Map<String, String> SAFE = Map.of(
            "vertx.disableHttpHeadersValidation", "false",
            "io.netty.handler.codec.http.rfc9112TransferEncoding", "true",
            "io.netty.handler.codec.http.defaultStrictLineParsing", "true");

    private static final Map<String, String> FLAGS = Map.of(
            "ExitOnOutOfMemoryError", "-XX:+ExitOnOutOfMemoryError: without memory nothing is served and nothing ends",
            "MaxDirectMemorySize", "-XX:MaxDirectMemorySize: buffers may take as much as the heap may");

    private StartupChecks() {}

    /** What is wrong; empty: nothing. */
    static List<String> problems() {
        var problems = new ArrayList<String>();
        problems.addAll(versions(Version.identify()));
        problems.addAll(problems(System.getProperties()));
        return problems;
    }

    static List<String> versions(Map<String, Version> found) {
        var problems = new ArrayList<String>();
        if (!found.containsKey("netty-codec-http")) {
            problems.add("the version of netty-codec-http is unknown, expected 4.2." + OLDEST_PATCH
                    + ".Final or newer: is META-INF/io.netty.versions.properties in the class path?");
        }
        found.forEach((artifact, version) -> {
            boolean isNetty = artifact.startsWith("netty-") && !artifact.startsWith("netty-tcnative");
            if (isNetty && !isSafe(version.artifactVersion())) {
                problems.add(artifact + " is " + version.artifactVersion() + ", expected 4.2." + OLDEST_PATCH
                        + ".Final or newer");
            }
        });
        return problems;
    }

    /** Flags of the JVM that are not set and should be: not unsafe for others, so no reason not to start. */
    static List<String> missingFlags() {
        var missing = new ArrayList<String>();
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        FLAGS.forEach((flag, meaning) -> {
            if (jvm.getVMOption(flag).getOrigin() == VMOption.Origin.DEFAULT) {
                missing.add(meaning);
            }
        });
        return missing;
    }

    static List<String> problems(Properties properties) {
        var problems = new ArrayList<String>();
        SAFE.forEach((name, safe) -> {
            String value = properties.getProperty(name);
            if (value != null && !value.equals(safe)) {
                problems.add("system property " + name + " is '" + value + "', expected it not to be set, or " + safe);
            }
        });
        return problems;
    }

    static boolean isSafe(String nettyVersion) {
        Matcher version = VERSION.matcher(nettyVersion);
        return version.matches() && Integer.parseInt(version.group(1)) >= OLDEST_PATCH;
    }
}
