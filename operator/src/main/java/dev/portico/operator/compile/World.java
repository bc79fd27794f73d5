package dev.portico.operator.compile;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.operator.model.BackendPolicyDeclaration;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.IngressClassDeclaration;
import dev.portico.operator.model.IngressDeclaration;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyDeclaration;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.ServiceDeclaration;
import dev.portico.operator.model.Unreadable;
import dev.portico.operator.source.backendpolicy.BackendPolicyReader;
import dev.portico.operator.source.gateway.GatewayReader;
import dev.portico.operator.source.ingress.IngressClassReader;
import dev.portico.operator.source.ingress.IngressReader;
import dev.portico.operator.source.ratelimit.RateLimitReader;
import dev.portico.operator.source.service.ServiceReader;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Pass: reads what changed into declarations. */
final class World {
    private static final Set<String> POLICIES = Set.of("RateLimit", "BackendPolicy");

    final Readings<Gateway, GatewayDeclaration> gateways;
    final Readings<IngressClass, IngressClassDeclaration> classes;
    final Readings<Ingress, IngressDeclaration> ingresses;
    final Readings<Service, ServiceDeclaration> services;
    final Readings<Namespace, Map<String, String>> namespaces;
    final Certificates certificates = new Certificates();
    final Authorities authorities = new Authorities();
    private final Readings<RateLimit, PolicyDeclaration> rateLimits;
    private final Readings<BackendPolicy, BackendPolicyDeclaration> backendPolicies;
    private final Readings<Unreadable, Unreadable> unreadable;

    World(CompileOptions options) {
        this.gateways = new Readings<>(
                gateway -> GatewayReader.read(gateway, options.dataPlane().apply(gateway)));
        this.classes = new Readings<>(new IngressClassReader(options.ingressController())::read);
        this.ingresses = new Readings<>(IngressReader::read);
        this.services = new Readings<>(ServiceReader::read);
        this.namespaces = new Readings<>(World::labels);
        this.rateLimits = new Readings<>(RateLimitReader::read);
        this.backendPolicies = new Readings<>(BackendPolicyReader::read);
        this.unreadable = new Readings<>(object -> object);
    }

    Changes update(ClusterState world) {
        var unread = unreadable.update(world.unreadable());
        var policies = rateLimits.update(world.all(RateLimit.class));
        var ofBackends = backendPolicies.update(world.all(BackendPolicy.class));
        return new Changes(
                gateways.update(world.all(Gateway.class)),
                classes.update(world.all(IngressClass.class)),
                ingresses.update(world.all(Ingress.class)),
                services.update(world.all(Service.class)),
                namespaces.update(world.all(Namespace.class)),
                certificates.update(world),
                authorities.update(world),
                !unread.isEmpty() || !policies.isEmpty(),
                !unread.isEmpty() || !ofBackends.isEmpty());
    }

    /** All RateLimits, also those of which only the targets can be read. */
    List<PolicyDeclaration> policies() {
        return Stream.concat(rateLimits.all().stream(), unreadable("RateLimit").map(RateLimitReader::read))
                .toList();
    }

    /** All BackendPolicies, likewise. */
    List<BackendPolicyDeclaration> backendPolicies() {
        return Stream.concat(
                        backendPolicies.all().stream(),
                        unreadable("BackendPolicy").map(BackendPolicyReader::read))
                .toList();
    }

    private Stream<Unreadable> unreadable(String kind) {
        return unreadable.all().stream()
                .filter(object -> ObjectRef.of(object.raw()).kind().equals(kind));
    }

    /** Those of objects that could not be decoded, but for policies, which tell their own. */
    List<Problem> problemsOfUnreadable() {
        return unreadable.all().stream()
                .filter(object -> !POLICIES.contains(ObjectRef.of(object.raw()).kind()))
                .flatMap(object -> object.problems().stream())
                .toList();
    }

    private static Map<String, String> labels(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : Map.copyOf(labels);
    }

    /** Which objects declare something else than before. */
    record Changes(
            Set<ObjectRef> gateways,
            Set<ObjectRef> classes,
            Set<ObjectRef> ingresses,
            Set<ObjectRef> services,
            Set<ObjectRef> namespaces,
            Set<ObjectRef> secrets,
            Set<ObjectRef> configMaps,
            boolean policies,
            boolean backendPolicies) {}
}
