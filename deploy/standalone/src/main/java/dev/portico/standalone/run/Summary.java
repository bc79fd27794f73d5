package dev.portico.standalone.run;

import dev.portico.operator.model.ObjectRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a run says about itself. */
final class Summary {
    private static final int FIRST_UNPRIVILEGED = 1024;

    private final RunOptions options;
    private final ProxyState state;
    private final long proxyPid;
    private final int consolePort;

    Summary(RunOptions options, ProxyState state, long proxyPid, int consolePort) {
        this.options = options;
        this.state = state;
        this.proxyPid = proxyPid;
        this.consolePort = consolePort;
    }

    String started(Map<ObjectRef, Map<String, @Nullable Object>> objects) {
        var text = new StringBuilder("serving " + options.folder() + "\n");
        urls(objects).forEach(url -> text.append("  ").append(url).append('\n'));
        text.append("operator  pid ").append(ProcessHandle.current().pid());
        text.append("  console http://127.0.0.1:").append(consolePort).append("/\n");
        text.append("proxy     pid ").append(proxyPid);
        text.append("  health http://127.0.0.1:").append(state.adminPort()).append("/readyz");
        text.append("  metrics http://127.0.0.1:").append(state.adminPort()).append("/metrics");
        text.append("  config port ").append(state.configPort()).append('\n');
        text.append("state     ").append(state.directory()).append("  (access log: ");
        text.append(state.directory().relativize(state.accessLog())).append(")\n");
        return text.toString();
    }

    String ready() {
        return "ready\n";
    }

    private Set<String> urls(Map<ObjectRef, Map<String, @Nullable Object>> objects) {
        var urls = new TreeSet<String>();
        objects.forEach((ref, content) -> {
            if (ref.kind().equals("Gateway")
                    && content.get("spec") instanceof Map<?, ?> spec
                    && spec.get("listeners") instanceof List<?> listeners) {
                listeners.forEach(listener -> urls.add(url(listener)));
            }
        });
        return urls;
    }

    private String url(@Nullable Object listener) {
        if (!(listener instanceof Map<?, ?> map) || !(map.get("port") instanceof Number number)) {
            return "";
        }
        var port =
                number.intValue() < FIRST_UNPRIVILEGED ? number.intValue() + options.portOffset() : number.intValue();
        var scheme = String.valueOf(map.get("protocol")).toLowerCase(Locale.ROOT);
        return scheme + "://127.0.0.1:" + port;
    }
}
