package dev.portico.crds.backend;

import dev.portico.crds.Syntax;
import dev.portico.crds.policy.PolicyStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.Annotations;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** How the endpoints of Services are spoken to. */
@Group(Syntax.GROUP)
@Version(Syntax.VERSION)
@Kind("BackendPolicy")
@Singular("backendpolicy")
@Plural("backendpolicies")
@ShortNames("pbp")
@Annotations(Syntax.SCHEMA_VERSION)
@AdditionalPrinterColumn(name = "Targets", jsonPath = ".status.targetSummary")
@AdditionalPrinterColumn(name = "Accepted", jsonPath = ".status.conditions[?(@.type=='Accepted')].status")
@AdditionalPrinterColumn(name = "Resolved", jsonPath = ".status.conditions[?(@.type=='ResolvedRefs')].status")
@AdditionalPrinterColumn(name = "Programmed", jsonPath = ".status.conditions[?(@.type=='Programmed')].status")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class BackendPolicy extends CustomResource<BackendPolicySpec, PolicyStatus> implements Namespaced {
    /** Absent until the user gives one: a record has no constructor without arguments. */
    @Override
    @SuppressWarnings("NullAway") // the superclass is not annotated; null is how it says "absent"
    protected BackendPolicySpec initSpec() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // as for the spec
    protected PolicyStatus initStatus() {
        return null;
    }
}
