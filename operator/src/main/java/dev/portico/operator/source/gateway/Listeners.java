package dev.portico.operator.source.gateway;

import dev.portico.crds.gateway.AllowedRoutes;
import dev.portico.crds.gateway.LabelSelector;
import dev.portico.crds.gateway.Listener;
import dev.portico.crds.gateway.ListenerTls;
import dev.portico.crds.gateway.NamespaceSelection;
import dev.portico.crds.gateway.Protocol;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.GatewayDeclaration.CertificateUse;
import dev.portico.operator.model.Hostnames;
import dev.portico.operator.model.Namespaces;
import dev.portico.operator.model.Namespaces.Requirement;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Problems;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import dev.portico.routetable.VirtualHost.HttpsRedirect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads listeners. */
final class Listeners {
    private final ObjectRef gateway;
    private final Problems problems;

    Listeners(ObjectRef gateway) {
        this.gateway = gateway;
        this.problems = new Problems(gateway);
    }

    List<GatewayDeclaration.Listener> read(List<Listener> listeners) {
        var read = new ArrayList<GatewayDeclaration.Listener>();
        for (int i = 0; i < listeners.size(); i++) {
            var field = "spec.listeners[" + i + "]";
            var hostname = hostname(listeners.get(i).hostname(), field);
            if (hostname != null) {
                read.add(read(listeners.get(i), hostname, field));
            }
        }
        return read;
    }

    List<Problem> problems() {
        return problems.found();
    }

    private GatewayDeclaration.Listener read(Listener listener, HostPattern hostname, String field) {
        var tls = listener.protocol() == Protocol.HTTPS
                ? listener.tls() == null ? new ListenerTls(List.of(), ListenerTls.TlsVersion.TLS_1_2) : listener.tls()
                : null;
        var redirect = listener.httpsRedirect();
        return new GatewayDeclaration.Listener(
                listener.name(),
                field,
                listener.port(),
                hostname,
                versions(listener),
                tls == null ? null : new Tls(minVersion(tls)),
                tls == null ? List.of() : certificates(tls, field),
                redirect == null || tls != null ? null : new HttpsRedirect(redirect.statusCode(), redirect.port()),
                namespaces(listener.allowedRoutes()));
    }

    private @Nullable HostPattern hostname(@Nullable String text, String field) {
        if (text == null || text.isEmpty()) {
            return HostPattern.ANY;
        }
        var hostname = Hostnames.parse(text, HostPattern.Kind.LABELS);
        if (hostname == null) {
            problems.add(
                    field + ".hostname",
                    "UnsupportedValue",
                    "'" + text + "' is no host name, expected one or *. and one");
        }
        return hostname;
    }

    private List<CertificateUse> certificates(ListenerTls tls, String field) {
        var uses = new ArrayList<CertificateUse>();
        for (var certificate : tls.certificateRefs()) {
            uses.add(new CertificateUse(
                    ObjectRef.secret(gateway.namespace(), certificate.name()),
                    field + ".tls.certificateRefs[" + uses.size() + "]"));
        }
        return uses;
    }

    private static Tls.MinVersion minVersion(ListenerTls tls) {
        return switch (tls.minVersion()) {
            case TLS_1_2 -> Tls.MinVersion.TLS_1_2;
            case TLS_1_3 -> Tls.MinVersion.TLS_1_3;
        };
    }

    private static List<HttpVersion> versions(Listener listener) {
        if (listener.httpVersions().isEmpty()) {
            return switch (listener.protocol()) {
                case HTTP -> List.of(HttpVersion.HTTP1);
                case HTTPS -> List.of(HttpVersion.HTTP1, HttpVersion.HTTP2);
            };
        }
        return listener.httpVersions().stream()
                .map(version -> switch (version) {
                    case HTTP1 -> HttpVersion.HTTP1;
                    case HTTP2 -> HttpVersion.HTTP2;
                })
                .distinct()
                .sorted()
                .toList();
    }

    private static Namespaces namespaces(@Nullable AllowedRoutes allowed) {
        if (allowed == null) {
            return new Namespaces.Same();
        }
        return switch (allowed.namespaces().from()) {
            case SAME -> new Namespaces.Same();
            case ALL -> new Namespaces.All();
            case SELECTOR -> new Namespaces.Selected(requirements(allowed.namespaces()));
        };
    }

    private static List<Requirement> requirements(NamespaceSelection selection) {
        var selector = selection.selector();
        var requirements = new ArrayList<Requirement>();
        if (selector != null) {
            selector.matchLabels()
                    .forEach((key, value) ->
                            requirements.add(new Requirement(key, Requirement.Operator.IN, List.of(value))));
            for (LabelSelector.Requirement requirement : selector.matchExpressions()) {
                requirements.add(
                        new Requirement(requirement.key(), operator(requirement.operator()), requirement.values()));
            }
        }
        return requirements;
    }

    private static Requirement.Operator operator(LabelSelector.Operator operator) {
        return switch (operator) {
            case IN -> Requirement.Operator.IN;
            case NOT_IN -> Requirement.Operator.NOT_IN;
            case EXISTS -> Requirement.Operator.EXISTS;
            case DOES_NOT_EXIST -> Requirement.Operator.DOES_NOT_EXIST;
        };
    }
}
