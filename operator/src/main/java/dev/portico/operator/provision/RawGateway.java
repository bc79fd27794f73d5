package dev.portico.operator.provision;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.Syntax;
import dev.portico.crds.gateway.Gateway;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * A Gateway whatever it says: the framework's informers end with an object that they cannot decode, and here all can be.
 */
@Group(Syntax.GROUP)
@Version(Syntax.VERSION)
@Kind("Gateway")
@Singular("gateway")
@Plural("gateways")
public final class RawGateway extends CustomResource<@Nullable Object, @Nullable Object> implements Namespaced {
    @Override
    protected @Nullable Object initSpec() {
        return null;
    }

    @Override
    protected @Nullable Object initStatus() {
        return null;
    }

    /** @throws PorticoKinds.Undecodable where it says what this operator does not know */
    Gateway decode(PorticoKinds kinds) {
        var generic = new GenericKubernetesResource();
        generic.setMetadata(getMetadata());
        var spec = getSpec();
        if (spec != null) {
            generic.setAdditionalProperty("spec", spec);
        }
        return kinds.gateway(generic);
    }

    boolean isGoing() {
        return getMetadata().getDeletionTimestamp() != null;
    }
}
