package dev.portico.operator.model;

import dev.portico.crds.gateway.Gateway;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as it was seen, and the time. Immutable: a change makes a copy that shares all but what changed, so that
 * compile finds what that is by comparing references.
 *
 * <p>Objects are kept as they were given and must not be changed afterwards. An object with the uid and the
 * resourceVersion of the one that is there changes nothing.
 */
public final class ClusterState {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Instant now;
    private final Map<Class<?>, ShardedMap<ObjectRef, HasMetadata>> objects;
    private final ShardedMap<ObjectRef, TlsSecret> secrets;
    private final ShardedMap<ObjectRef, Map<String, EndpointSlice>> slices;
    private final ShardedMap<ObjectRef, ObjectRef> servicesOfSlices;
    private final ShardedMap<ObjectRef, Unreadable> unreadable;

    private ClusterState(
            Instant now,
            Map<Class<?>, ShardedMap<ObjectRef, HasMetadata>> objects,
            ShardedMap<ObjectRef, TlsSecret> secrets,
            ShardedMap<ObjectRef, Map<String, EndpointSlice>> slices,
            ShardedMap<ObjectRef, ObjectRef> servicesOfSlices,
            ShardedMap<ObjectRef, Unreadable> unreadable) {
        this.now = now;
        this.objects = objects;
        this.secrets = secrets;
        this.slices = slices;
        this.servicesOfSlices = servicesOfSlices;
        this.unreadable = unreadable;
    }

    public static ClusterState empty(Instant now) {
        return new ClusterState(
                now, Map.of(), ShardedMap.empty(), ShardedMap.empty(), ShardedMap.empty(), ShardedMap.empty());
    }

    /** The time at which certificates expire or not. */
    public Instant now() {
        return now;
    }

    public ClusterState at(Instant time) {
        return new ClusterState(time, objects, secrets, slices, servicesOfSlices, unreadable);
    }

    /** The objects of a kind, by name. Secrets and EndpointSlices have their own ways. */
    @SuppressWarnings("unchecked")
    public <T extends HasMetadata> ShardedMap<ObjectRef, T> all(Class<T> kind) {
        return (ShardedMap<ObjectRef, T>) (ShardedMap<?, ?>) objects.getOrDefault(kind, ShardedMap.empty());
    }

    public <T extends HasMetadata> @Nullable T get(Class<T> kind, ObjectRef ref) {
        return all(kind).get(ref);
    }

    public @Nullable TlsSecret secret(ObjectRef ref) {
        return secrets.get(ref);
    }

    public ShardedMap<ObjectRef, TlsSecret> secrets() {
        return secrets;
    }

    /** All slices of a Service: the same collection as long as none of them changes. */
    public Collection<EndpointSlice> slices(ObjectRef service) {
        var found = slices.get(service);
        return found == null ? List.of() : found.values();
    }

    /** The Services whose slices are not those that they were in {@code older}. */
    public void slicesChangedSince(ClusterState older, Consumer<ObjectRef> service) {
        slices.changesSince(older.slices, (ref, _, _) -> service.accept(ref));
    }

    public ShardedMap<ObjectRef, Unreadable> unreadable() {
        return unreadable;
    }

    /** The Service to which a slice of this state belongs. */
    public Optional<ObjectRef> serviceOf(ObjectRef slice) {
        return Optional.ofNullable(servicesOfSlices.get(slice));
    }

    /** The object as it was seen last, of whatever kind, decoded or not; null where there is none. */
    public @Nullable HasMetadata find(ObjectRef ref) {
        var raw = unreadable.get(ref);
        if (raw != null) {
            return raw.raw();
        }
        var secret = secrets.get(ref);
        if (secret != null) {
            return secret.current();
        }
        var service = servicesOfSlices.get(ref);
        var siblings = service == null ? null : slices.get(service);
        if (siblings != null) {
            return siblings.get(ref.name());
        }
        for (var ofKind : objects.values()) {
            var object = ofKind.get(ref);
            if (object != null) {
                return object;
            }
        }
        return null;
    }

    private static Optional<ObjectRef> serviceOf(EndpointSlice slice) {
        var labels = slice.getMetadata().getLabels();
        return Optional.ofNullable(labels == null ? null : labels.get(SERVICE_NAME))
                .map(name -> ObjectRef.service(slice.getMetadata().getNamespace(), name));
    }

    /** With this object; readable again, if it was not. */
    public ClusterState with(HasMetadata object) {
        var ref = ObjectRef.of(object);
        if (object instanceof EndpointSlice slice) {
            return without(ref).withSlice(ref, slice);
        }
        var kind = all(object.getClass());
        var before = kind.get(ref);
        if (before != null && same(before, object) && unreadable.get(ref) == null) {
            return this;
        }
        return withObjects(object.getClass(), cast(kind).with(ref, object), unreadable.without(ref));
    }

    /** With this Secret; readable again, if it was not. */
    public ClusterState with(TlsSecret secret) {
        var ref = ObjectRef.of(secret.current());
        return new ClusterState(
                now, objects, secrets.with(ref, secret), slices, servicesOfSlices, unreadable.without(ref));
    }

    /**
     * With an object that cannot be decoded, in place of what was known of it. But Secrets are remembered, and a Gateway is
     * kept as it could be read last: its data plane goes on, with the endpoints and Ingresses that come and go meanwhile.
     */
    public ClusterState with(Unreadable object) {
        var ref = ObjectRef.of(object.raw());
        var state = isKnownGateway(ref, object.raw()) ? this : without(ref);
        return new ClusterState(
                now, state.objects, secrets, state.slices, state.servicesOfSlices, state.unreadable.with(ref, object));
    }

    private boolean isKnownGateway(ObjectRef ref, HasMetadata now) {
        HasMetadata before = get(Gateway.class, ref);
        return before != null
                && Objects.equals(
                        before.getMetadata().getUid(), now.getMetadata().getUid());
    }

    public ClusterState without(ObjectRef ref) {
        var remaining = new HashMap<>(objects);
        remaining.replaceAll((kind, map) -> map.without(ref));
        var service = servicesOfSlices.get(ref);
        return new ClusterState(
                now,
                remaining,
                secrets.without(ref),
                service == null ? slices : withoutSlice(service, ref.name()),
                servicesOfSlices.without(ref),
                unreadable.without(ref));
    }

    private ClusterState withSlice(ObjectRef ref, EndpointSlice slice) {
        return serviceOf(slice)
                .map(service -> {
                    var siblings = new TreeMap<String, EndpointSlice>();
                    var before = slices.get(service);
                    if (before != null) {
                        siblings.putAll(before);
                    }
                    siblings.put(ref.name(), slice);
                    return new ClusterState(
                            now,
                            objects,
                            secrets,
                            slices.with(service, siblings),
                            servicesOfSlices.with(ref, service),
                            unreadable);
                })
                .orElse(this);
    }

    private ShardedMap<ObjectRef, Map<String, EndpointSlice>> withoutSlice(ObjectRef service, String name) {
        var before = slices.get(service);
        var siblings = new TreeMap<String, EndpointSlice>(before == null ? Map.of() : before);
        siblings.remove(name);
        return siblings.isEmpty() ? slices.without(service) : slices.with(service, siblings);
    }

    private ClusterState withObjects(
            Class<?> kind,
            ShardedMap<ObjectRef, HasMetadata> changed,
            ShardedMap<ObjectRef, Unreadable> stillUnreadable) {
        var copy = new HashMap<>(objects);
        copy.put(kind, changed);
        return new ClusterState(now, copy, secrets, slices, servicesOfSlices, stillUnreadable);
    }

    private static boolean same(HasMetadata before, HasMetadata after) {
        var version = after.getMetadata().getResourceVersion();
        return version != null
                && version.equals(before.getMetadata().getResourceVersion())
                && Objects.equals(
                        before.getMetadata().getUid(), after.getMetadata().getUid());
    }

    @SuppressWarnings("unchecked")
    private static ShardedMap<ObjectRef, HasMetadata> cast(ShardedMap<ObjectRef, ? extends HasMetadata> map) {
        return (ShardedMap<ObjectRef, HasMetadata>) map;
    }
}
