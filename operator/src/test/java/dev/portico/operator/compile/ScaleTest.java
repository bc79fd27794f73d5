package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.wire.EncodedSection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import org.junit.jupiter.api.Test;

/** That a change costs what it touches, told by sections and not by a clock. */
final class ScaleTest {
    private static final int INGRESSES = 2_000;

    @Test
    void ofThousandsOfIngressesOneThatChangesCostsItsOwnSectionsOnly() {
        var world = world();
        var compiler = new Compiler(CompileOptions.cluster(Worlds.EDGE));
        var cold = compiler.compile(world);
        var table = table(cold);

        assertThat(cold.problems()).isEmpty();
        assertThat(cold.ingresses()).hasSize(INGRESSES);
        for (int i = 0; i < 20; i++) {
            world = world.with(ingress(i, "/changed"));
            var next = compiler.compile(world);
            var delta = table(next).since(table);

            assertThat(delta.put()).hasSize(1);
            assertThat(delta.remove()).isEmpty();
            assertThat(bytes(delta.put()) * 100).isLessThan(bytes(table.sections()));
            table = table(next);
        }
    }

    @Test
    void aChangedSliceGoesThroughTheLaneAndChangesItsEndpointsOnly() {
        var world = world();
        var compiler = new Compiler(CompileOptions.cluster(Worlds.EDGE));
        var compiled = compiler.compile(world);
        for (int i = 0; i < 100; i++) {
            world = world.with(slice(i, "10.9.9." + i));
            var before = table(compiled);
            compiled = compiler.endpoints(compiled, world);
            var delta = table(compiled).since(before);

            assertThat(delta.put()).extracting(EncodedSection::key).containsExactly("endpoints/shop/s" + i + ":80");
        }
        var same = compiler.compile(world);

        assertThat(table(same).since(table(compiled)).isEmpty()).isTrue();
    }

    private static Table table(Compiled compiled) {
        return compiled.tables().getOrDefault("edge-uid", Table.EMPTY);
    }

    private static long bytes(Iterable<EncodedSection> sections) {
        var sum = 0L;
        for (EncodedSection section : sections) {
            sum += section.size();
        }
        return sum;
    }

    private static ClusterState world() {
        var world = Worlds.edge();
        for (int i = 0; i < INGRESSES; i++) {
            world = world.with(ingress(i, "/")).with(service(i)).with(slice(i, "10.0.0.1"));
        }
        return world;
    }

    private static Ingress ingress(int i, String path) {
        return new IngressBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("i" + i)
                .withUid("u" + i)
                .withCreationTimestamp("2026-02-01T00:00:00Z")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withIngressClassName("portico")
                .addNewRule()
                .withHost("h" + i + ".example.org")
                .withNewHttp()
                .addNewPath()
                .withPath(path)
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName("s" + i)
                .withNewPort()
                .withNumber(80)
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule()
                .endSpec()
                .build();
    }

    private static HasMetadata service(int i) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("s" + i)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(int i, String address) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("s" + i + "-x")
                .addToLabels("kubernetes.io/service-name", "s" + i)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withPort(8080)
                .endPort()
                .withEndpoints(new EndpointBuilder().withAddresses(address).build())
                .build();
    }
}
