package dev.portico.operator.provision;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** A Secret as far as it is kept in memory: without its data, which is read anew each time that it is looked at. */
@Group("")
@Version("v1")
@Kind("Secret")
@Singular("secret")
@Plural("secrets")
@JsonIgnoreProperties(ignoreUnknown = true)
// By its class: in a list, objects do not say of what kind they are.
@JsonDeserialize(using = ValueDeserializer.None.class)
public final class KeptSecret implements HasMetadata, Namespaced {
    private ObjectMeta metadata = new ObjectMeta();
    private String apiVersion = "v1";

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public String getKind() {
        return "Secret";
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String version) {
        this.apiVersion = version;
    }
}
