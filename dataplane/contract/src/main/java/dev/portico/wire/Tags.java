package dev.portico.wire;

import dev.portico.routetable.Action;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Filter;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Listener;
import dev.portico.routetable.PathModifier;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.RequestHeaders;
import dev.portico.routetable.Respond;
import dev.portico.routetable.ResponseHeaders;
import dev.portico.routetable.Section;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.UrlRewrite;
import dev.portico.routetable.VirtualHost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the members of sealed types travel. A tag is for ever: a class may be renamed, its tag may not.
 */
final class Tags {
    private static final Map<Class<?>, String> TAGS = Map.ofEntries(
            Map.entry(HttpListener.class, "HttpListener"),
            Map.entry(VirtualHost.class, "VirtualHost"),
            Map.entry(Upstream.class, "Upstream"),
            Map.entry(Endpoints.class, "Endpoints"),
            Map.entry(Certificate.class, "Certificate"),
            Map.entry(Forward.class, "Forward"),
            Map.entry(Redirect.class, "Redirect"),
            Map.entry(Respond.class, "Respond"),
            Map.entry(RateLimit.class, "RateLimit"),
            Map.entry(UrlRewrite.class, "UrlRewrite"),
            Map.entry(RequestHeaders.class, "RequestHeaders"),
            Map.entry(ResponseHeaders.class, "ResponseHeaders"),
            Map.entry(PathModifier.ReplaceFullPath.class, "ReplaceFullPath"),
            Map.entry(PathModifier.ReplacePrefixMatch.class, "ReplacePrefixMatch"),
            Map.entry(Balancer.RoundRobin.class, "RoundRobin"),
            Map.entry(UpstreamTls.Authorities.class, "Authorities"),
            Map.entry(UpstreamTls.SystemAuthorities.class, "SystemAuthorities"),
            Map.entry(UpstreamTls.Anybody.class, "Anybody"),
            Map.entry(Answer.Ack.class, "Ack"),
            Map.entry(Answer.Nack.class, "Nack"));

    private static final Map<String, Class<?>> CLASSES = TAGS.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (a, b) -> a, TreeMap::new));

    /** The sealed types whose members have tags; a test holds this list and the table above against each other. */
    static final List<Class<?>> SEALED = List.of(
            Section.class,
            Listener.class,
            Action.class,
            Filter.class,
            PathModifier.class,
            Balancer.class,
            UpstreamTls.Trust.class,
            Answer.class);

    private Tags() {}

    static String of(Class<?> word) {
        var tag = TAGS.get(word);
        if (tag == null) {
            throw new IllegalStateException(word.getName() + " has no tag, expected one in " + Tags.class.getName());
        }
        return tag;
    }

    static @Nullable Class<?> find(String tag) {
        return CLASSES.get(tag);
    }

    static Set<Class<?>> classes() {
        return TAGS.keySet();
    }

    /** All tags that this release knows, sorted. */
    static List<String> known() {
        return List.copyOf(CLASSES.keySet());
    }
}
