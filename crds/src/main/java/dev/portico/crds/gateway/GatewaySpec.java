package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Gateway listens on, where its traffic goes and how both are treated. */
@SchemaCustomizer(value = Shape.class, input = "listeners=name routes=name")
@ValidationRule(
        value =
                "!has(self.listeners) || self.listeners.all(l1, self.listeners.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) ? has(l2.hostname) && l1.hostname == l2.hostname : !has(l2.hostname))))",
        message = "the combination of port, protocol and hostname must be unique for each listener",
        fieldPath = ".listeners")
@ValidationRule(
        value =
                "!has(self.routes) || !has(self.listeners) || self.routes.all(r, !self.listeners.exists(l, l.name == r.name))",
        message = "no route may have the name of a listener",
        fieldPath = ".routes")
@ValidationRule(
        value =
                "!has(self.routes) || [has(self.listeners) ? self.listeners.map(l, l.name) : []].all(names, self.routes.all(r, !has(r.listeners) || r.listeners.all(n, n in names)))",
        message = "every entry of routes[].listeners must be the name of a listener",
        fieldPath = ".routes")
public record GatewaySpec(
        @Size(max = 64)
        @JsonPropertyDescription(
                "What is listened on, at most 64, keyed by name. None: the Gateway serves nothing itself. Duplicate names and two listeners of the same port, protocol and hostname are refused at apply. As in Gateway API. Since 0.1.")
        List<Listener> listeners,

        @Size(max = 128)
        @JsonPropertyDescription(
                "Where requests go, at most 128, keyed by name. Duplicate names, and names of listeners, are refused at apply. Each is a rule of an HTTPRoute with listeners and hostnames of its own. Since 0.1.")
        List<Route> routes,

        @JsonPropertyDescription(
                "How clients are treated, on all listeners. Absent: as if every field had its default, and no proxy is trusted. Since 0.1.")
        @Nullable
        ClientTraffic clientTraffic,

        @JsonPropertyDescription(
                "The pods and the Service that are made for the Gateway in its namespace. Absent: as if every field had its default. portico run makes none. Since 0.1.")
        @Nullable
        Infrastructure infrastructure,

        @JsonPropertyDescription(
                "What is reported about requests. Absent: as if every field had its default. Since 0.1.")
        @Nullable
        Telemetry telemetry) {
    public GatewaySpec {
        listeners = Absent.orEmpty(listeners);
        routes = Absent.orEmpty(routes);
    }
}
