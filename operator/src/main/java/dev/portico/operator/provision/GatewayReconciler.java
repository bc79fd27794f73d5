package dev.portico.operator.provision;

import dev.portico.crds.PorticoKinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
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
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the objects of a Gateway's data plane as they should be, whenever it or one of them changes. */
@ControllerConfiguration(
        name = "gateway",
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, maxInterval = 30_000)
final class GatewayReconciler implements Reconciler<RawGateway> {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayReconciler.class);
    /** After which what was refused is asked for again: nobody tells when a quota has room. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private static final int HTTP_TOO_MANY_REQUESTS = 429;
    private static final String OURS = Children.MANAGED_BY + "=" + Children.PORTICO;

    private final Applier applier;
    private final Settings settings;
    private final Function<HasMetadata, String> dataPlane;
    private final Refusals refusals;
    private final PorticoKinds kinds = new PorticoKinds();

    GatewayReconciler(Applier applier, Settings settings, Function<HasMetadata, String> dataPlane, Refusals refusals) {
        this.applier = applier;
        this.settings = settings;
        this.dataPlane = dataPlane;
        this.refusals = refusals;
    }

    @Override
    public List<EventSource<?, RawGateway>> prepareEventSources(EventSourceContext<RawGateway> context) {
        return Children.KINDS.stream()
                .<EventSource<?, RawGateway>>map(kind -> children(kind, context))
                .toList();
    }

    private static <T extends HasMetadata> InformerEventSource<T, RawGateway> children(
            Class<T> kind, EventSourceContext<RawGateway> context) {
        var configuration = InformerEventSourceConfiguration.from(kind, RawGateway.class)
                .withLabelSelector(OURS)
                .withOnUpdateFilter(GatewayReconciler::matters)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static boolean matters(HasMetadata now, HasMetadata before) {
        return !said(now).equals(said(before));
    }

    /** What somebody says of an object; of what is only told about it, why it has no pods. */
    private static List<Object> said(HasMetadata object) {
        var metadata = object.getMetadata();
        var what = switch (object) {
            case Service service -> service.getSpec();
            case Deployment deployment -> List.of(deployment.getSpec(), podsRefused(deployment));
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
        refusals.keep(context.getPrimaryCache().list().map(dataPlane).collect(Collectors.toSet()));
        var plane = read(raw);
        if (plane.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        var wanted = Children.of(plane.get(), settings);
        var refused = new LinkedHashSet<String>();
        for (HasMetadata object : wanted) {
            apply(object, plane.get()).ifPresent(refused::add);
        }
        unwanted(wanted, context).forEach(applier::delete);
        refusals.tell(plane.get().id(), String.join("; ", refused));
        return refused.isEmpty()
                ? UpdateControl.noUpdate()
                : UpdateControl.<RawGateway>noUpdate().rescheduleAfter(AGAIN);
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

    /** Why not, if the API server refuses it or its pods; whatever else goes wrong is tried again. */
    private Optional<String> apply(HasMetadata object, DataPlane plane) throws IOException {
        try {
            return applier.apply(object, plane) instanceof Deployment deployment
                    ? podsRefused(deployment)
                    : Optional.empty();
        } catch (KubernetesClientException e) {
            if (!isRefused(e.getCode())) {
                throw e;
            }
            return Optional.of(
                    e.getStatus() == null
                            ? String.valueOf(e.getMessage())
                            : e.getStatus().getMessage());
        }
    }

    private static boolean isRefused(int status) {
        return status >= 400 && status < 500 && status != HTTP_TOO_MANY_REQUESTS;
    }

    private static Optional<String> podsRefused(Deployment deployment) {
        var status = deployment.getStatus();
        return status == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(condition ->
                                "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .map(DeploymentCondition::getMessage)
                        .findFirst();
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
