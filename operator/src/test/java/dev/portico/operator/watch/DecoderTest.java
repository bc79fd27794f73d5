package dev.portico.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

final class DecoderTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    @Test
    void ofAConfigMapOnlyTheCertificatesAreKept() {
        var raw = SERIALIZATION.unmarshal("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: ca, namespace: shop, uid: u, resourceVersion: "7", annotations: {note: "long"}}
                data: {ca.crt: pem, settings.yaml: "also long"}
                """, GenericKubernetesResource.class);
        assertThat(new Decoder(SERIALIZATION).decode(raw, ConfigMap.class))
                .isInstanceOfSatisfying(
                        Decoder.Decoded.Typed.class,
                        typed -> assertThat(SERIALIZATION.asYaml(typed.object()))
                                .contains("uid: \"u\"", "resourceVersion: \"7\"", "ca.crt: \"pem\"")
                                .doesNotContain("long"));
    }

    @Test
    void whoManagesWhichFieldIsNotKept() {
        var raw = SERIALIZATION.unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: shop
                  namespace: shop
                  managedFields: [{manager: kubectl, operation: Apply, fieldsV1: {"f:spec": {"f:rules": {}}}}]
                spec: {ingressClassName: portico}
                """, GenericKubernetesResource.class);
        assertThat(new Decoder(SERIALIZATION).decode(raw, Ingress.class))
                .isInstanceOfSatisfying(
                        Decoder.Decoded.Typed.class,
                        typed -> assertThat(SERIALIZATION.asYaml(typed.object()))
                                .contains("ingressClassName: \"portico\"")
                                .doesNotContain("managedFields", "kubectl", "f:spec"));
    }
}
