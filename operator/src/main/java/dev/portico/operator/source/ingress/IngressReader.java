package dev.portico.operator.source.ingress;

import dev.portico.operator.model.Age;
import dev.portico.operator.model.Hostnames;
import dev.portico.operator.model.IngressDeclaration;
import dev.portico.operator.model.IngressDeclaration.TlsUse;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.RouteDeclaration;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.Match;
import dev.portico.routetable.Timeouts;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an Ingress. A path that cannot be read costs that path. */
public final class IngressReader {
    private static final String LEGACY_CLASS = "kubernetes.io/ingress.class";

    private final ObjectRef object;
    private final String namespace;
    private final Problems problems;
    private final Backends backends;
    private final List<RouteDeclaration> routes = new ArrayList<>();
    private final Set<HostPattern> hosts = new LinkedHashSet<>();

    private IngressReader(ObjectRef object) {
        this.object = object;
        this.namespace = object.namespace();
        this.problems = new Problems(object);
        this.backends = new Backends(namespace, problems);
    }

    public static IngressDeclaration read(Ingress ingress) {
        return new IngressReader(ObjectRef.of(ingress)).readAll(ingress);
    }

    private IngressDeclaration readAll(Ingress ingress) {
        var spec = ingress.getSpec() == null ? new IngressSpec() : ingress.getSpec();
        var annotations = ingress.getMetadata().getAnnotations();
        var legacy = annotations == null ? null : annotations.get(LEGACY_CLASS);
        var named = spec.getIngressClassName();
        readRules(orEmpty(spec.getRules()));
        if (spec.getDefaultBackend() != null) {
            readDefaultBackend(spec.getDefaultBackend());
        }
        var tls = readTls(orEmpty(spec.getTls()));
        return new IngressDeclaration(
                Origin.of(ingress),
                Age.of(ingress),
                named == null ? legacy : named,
                named == null && legacy != null
                        ? "metadata.annotations[" + LEGACY_CLASS + "]"
                        : "spec.ingressClassName",
                routes,
                tls,
                problems.found());
    }

    private void readRules(List<IngressRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var field = "spec.rules[" + i + "]";
            var host = host(rule.getHost(), field + ".host");
            if (host == null) {
                continue;
            }
            hosts.add(host);
            var paths = rule.getHttp() == null ? null : rule.getHttp().getPaths();
            var count = 0;
            for (HTTPIngressPath path : orEmpty(paths)) {
                readPath(path, host, rule.getHost(), field + ".http.paths[" + count++ + "]");
            }
        }
    }

    private void readPath(HTTPIngressPath path, HostPattern host, @Nullable String section, String field) {
        var match = Paths.read(path, field, problems);
        var backend = path.getBackend() == null ? new IngressBackend() : path.getBackend();
        if (match != null) {
            routes.add(route(field, host, section, match, backends.read(backend, field + ".backend"), false));
        }
    }

    /** Serves what no path of the Ingress's own hosts matches, and all hosts that nobody names. */
    private void readDefaultBackend(IngressBackend backend) {
        var field = "spec.defaultBackend";
        var target = backends.read(backend, field);
        hosts.add(HostPattern.ANY);
        for (HostPattern host : hosts) {
            routes.add(route(field, host, null, Match.ALL, target, true));
        }
    }

    private RouteDeclaration route(
            String field,
            HostPattern host,
            @Nullable String section,
            Match match,
            RouteDeclaration.Target target,
            boolean fallback) {
        return new RouteDeclaration(
                object.toString(),
                section == null ? host.toString() : section,
                field,
                List.of(host),
                null,
                List.of(match),
                List.of(),
                target,
                Timeouts.DEFAULT,
                fallback);
    }

    private List<TlsUse> readTls(List<IngressTLS> tls) {
        var uses = new ArrayList<TlsUse>();
        for (int i = 0; i < tls.size(); i++) {
            var field = "spec.tls[" + i + "]";
            var names = new ArrayList<HostPattern>();
            var secret = tls.get(i).getSecretName();
            var written = orEmpty(tls.get(i).getHosts());
            for (int h = 0; h < written.size(); h++) {
                var name = host(written.get(h), field + ".hosts[" + h + "]");
                if (name != null) {
                    names.add(name);
                }
            }
            if (!written.isEmpty() && names.isEmpty()) {
                continue;
            }
            uses.add(new TlsUse(
                    names,
                    secret == null || secret.isEmpty() ? null : ObjectRef.secret(namespace, secret),
                    field + ".secretName"));
        }
        return uses;
    }

    private @Nullable HostPattern host(@Nullable String text, String field) {
        if (text == null || text.isEmpty()) {
            return HostPattern.ANY;
        }
        var host = Hostnames.parse(text, HostPattern.Kind.ONE_LABEL);
        if (host == null) {
            problems.add(field, "Invalid", "'" + text + "' is no host name, expected one like shop.example.org");
        }
        return host;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
