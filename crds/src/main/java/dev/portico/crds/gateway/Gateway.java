package dev.portico.crds.gateway;

import dev.portico.crds.Syntax;
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

/** Listeners, routes and the traffic settings of one data plane. */
@Group(Syntax.GROUP)
@Version(Syntax.VERSION)
@Kind("Gateway")
@Singular("gateway")
@Plural("gateways")
@ShortNames("pgw")
@Annotations(Syntax.SCHEMA_VERSION)
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.addresses[0].value")
@AdditionalPrinterColumn(name = "Programmed", jsonPath = ".status.conditions[?(@.type=='Programmed')].status")
@AdditionalPrinterColumn(name = "Routes", jsonPath = ".status.routeCount", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Gateway extends CustomResource<GatewaySpec, GatewayStatus> implements Namespaced {
    /** Absent until the user gives one: a record has no constructor without arguments. */
    @Override
    @SuppressWarnings("NullAway") // the superclass is not annotated; null is how it says "absent"
    protected GatewaySpec initSpec() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // as for the spec
    protected GatewayStatus initStatus() {
        return null;
    }
}
