package dev.portico.operator.provision;

import dev.portico.crds.PorticoKinds;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.watch.Pods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the objects of a Gateway's data plane as they should be, whenever it or one of them changes: ten times in ten
 * seconds at most, so that whoever changes one back each time costs the others nothing.
 */
@ControllerConfiguration(
        name = "gateway",
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@RateLimited(maxReconciliations = 10, within = 10)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, maxInterval = 30_000)
final class GatewayReconciler implements Reconciler<RawGateway> {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayReconciler.class);
    /** After which what was refused is asked for again: nobody tells when a quota has room. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** What asking again would not change: malformed, forbidden (a quota, admission, pod security), too large, invalid. */
    private static final Set<Integer> REFUSED = Set.of(400, 403, 413, 422);

    private static final String OURS = Children.MANAGED_BY + "=" + Children.PORTICO + "," + Pods.DATA_PLANE;

    private static final SecondaryToPrimaryMapper<HasMetadata> BY_OWNER =
            Mappers.fromOwnerReferences(RawGateway.class, false);

    private final Applier applier;
    private final Settings settings;
    private final Function<HasMetadata, String> dataPlane;
    private final Journal journal;
    private final PorticoKinds kinds = new PorticoKinds();

    GatewayReconciler(Applier applier, Settings settings, Function<HasMetadata, String> dataPlane, Journal journal) {
        this.applier = applier;
        this.settings = settings;
        this.dataPlane = dataPlane;
        this.journal = journal;
    }

    @Override
    public List<EventSource<?, RawGateway>> prepareEventSources(EventSourceContext<RawGateway> context) {
        return Children.KINDS.stream()
                .<EventSource<?, RawGateway>>map(kind -> children(kind, context))
                .toList();
    }

    private <T extends HasMetadata> InformerEventSource<T, RawGateway> children(
            Class<T> kind, EventSourceContext<RawGateway> context) {
        var configuration = InformerEventSourceConfiguration.from(kind, RawGateway.class)
                .withLabelSelector(OURS)
                .withOnUpdateFilter(GatewayReconciler::matters)
                .withSecondaryToPrimaryMapper(object -> owners(object, context))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** By the label where somebody took the owner away. */
    private Set<ResourceID> owners(HasMetadata object, EventSourceContext<RawGateway> context) {
        var owners = BY_OWNER.toPrimaryResourceIDs(object);
        if (!owners.isEmpty()) {
            return owners;
        }
        var metadata = object.getMetadata();
        var id = metadata.getLabels().get(Pods.DATA_PLANE);
        return context.getPrimaryCache()
                .list(gateway -> dataPlane.apply(gateway).equals(id)
                        && gateway.getMetadata().getNamespace().equals(metadata.getNamespace()))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static boolean matters(HasMetadata now, HasMetadata before) {
        return !said(now).equals(said(before));
    }

    /** What somebody says of an object; of what is only told about it, whether it has pods. */
    private static List<Object> said(HasMetadata object) {
        var metadata = object.getMetadata();
        var what = switch (object) {
            case Service service -> service.getSpec();
            case Deployment deployment -> List.of(deployment.getSpec(), Rollout.of(deployment));
            case PodDisruptionBudget budget -> budget.getSpec();
            case HorizontalPodAutoscaler autoscaler -> autoscaler.getSpec();
            // Whose data is not here to be compared.
            case KeptSecret _ -> metadata.getResourceVersion();
            default -> object;
        };
        return List.of(metadata.getLabels(), metadata.getAnnotations(), metadata.getOwnerReferences(), what);
    }

    @Override
    public UpdateControl<RawGateway> reconcile(RawGateway raw, Context<RawGateway> context) throws IOException {
        journal.keep(context.getPrimaryCache().list().map(dataPlane).collect(Collectors.toSet()));
        var read = read(raw);
        if (read.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        var plane = read.get();
        var made = make(plane, context);
        journal.tell(ObjectRef.of(plane.gateway()), plane.id(), made);
        return made.state() == Made.State.REFUSED
                ? UpdateControl.<RawGateway>noUpdate().rescheduleAfter(AGAIN)
                : UpdateControl.noUpdate();
    }

    private Made make(DataPlane plane, Context<RawGateway> context) throws IOException {
        if (!plane.isTemplate() && !plane.isReachable()) {
            return Made.awaited(plane.generation(), "no listener has a port that can be used: what is there stays");
        }
        var wanted = Children.of(plane, settings);
        var refused = new LinkedHashSet<String>();
        var awaited = new LinkedHashSet<String>();
        for (HasMetadata object : wanted) {
            switch (apply(object, plane)) {
                case Rollout.Done() -> {}
                case Rollout.Awaited(var why) -> awaited.add(why);
                case Rollout.Refused(var why) -> refused.add(why);
            }
        }
        for (HasMetadata object : unwanted(wanted, context)) {
            applier.delete(object);
        }
        if (!refused.isEmpty()) {
            return Made.refused(plane.generation(), String.join("; ", refused));
        }
        return awaited.isEmpty()
                ? Made.done(plane.generation())
                : Made.awaited(plane.generation(), String.join("; ", awaited));
    }

    /** Its data plane; none where there is nothing to be done, and what there is stays. */
    private Optional<DataPlane> read(RawGateway raw) {
        if (raw.isGoing()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DataPlane.of(raw.decode(kinds), dataPlane.apply(raw), settings.reservedPorts()));
        } catch (PorticoKinds.Undecodable e) {
            // Its user is told by the watch, which reads it too.
            LOG.debug("{} is left as it is: {}", raw.getMetadata().getName(), e.getMessage());
            return Optional.empty();
        }
    }

    /** What becomes of it; whatever goes wrong without being a refusal is tried again. */
    private Rollout apply(HasMetadata object, DataPlane plane) throws IOException {
        try {
            return applier.apply(object, plane) instanceof Deployment deployment
                    ? Rollout.of(deployment)
                    : new Rollout.Done();
        } catch (KubernetesClientException e) {
            if (!REFUSED.contains(e.getCode())) {
                throw e;
            }
            return new Rollout.Refused(
                    e.getStatus() == null
                            ? String.valueOf(e.getMessage())
                            : e.getStatus().getMessage());
        }
    }

    private static List<HasMetadata> unwanted(List<HasMetadata> wanted, Context<RawGateway> context) {
        var kept = wanted.stream().map(GatewayReconciler::key).collect(Collectors.toSet());
        var unwanted = new ArrayList<HasMetadata>();
        for (var kind : Children.KINDS) {
            context.getSecondaryResources(kind).stream()
                    .filter(object -> !kept.contains(key(object)))
                    .forEach(unwanted::add);
        }
        return unwanted;
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
