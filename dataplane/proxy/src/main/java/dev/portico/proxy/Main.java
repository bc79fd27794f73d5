package dev.portico.proxy;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a data plane, and ends it gently when it is told to. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        List<String> problems = StartupChecks.problems();
        if (!problems.isEmpty()) {
            problems.forEach(problem -> LOG.error("refusing to start: {}", problem));
            System.exit(1);
        }
        StartupChecks.missingFlags().forEach(flag -> LOG.warn("the JVM lacks {}", flag));
        Proxy proxy = Proxy.start(config(arguments));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(proxy), "drain"));
        proxy.openAdmin().join();
        var _ = proxy.openChannel();
    }

    private static ProxyConfig config(String[] arguments) {
        try {
            return ProxyConfig.parse(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            System.exit(2);
            throw e;
        }
    }

    /** A drained process has succeeded, whatever signal ended it: hence the exit code 0. */
    private static void leave(Proxy proxy) {
        try {
            proxy.drain();
        } catch (InterruptedException e) {
            LOG.warn("the drain was interrupted");
        }
        Runtime.getRuntime().halt(0);
    }
}
