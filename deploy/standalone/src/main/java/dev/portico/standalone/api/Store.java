package dev.portico.standalone.api;

import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** The objects of the embedded API, with a way in that does not pass HTTP and lets an object have its own age. */
final class Store extends KubernetesCrudDispatcher {
    private static final int ATTEMPTS = 50;
    private static final ScopedValue<Instant> AGE = ScopedValue.newInstance();

    private final ObjectMapper json = new ObjectMapper();

    Store(List<CustomResourceDefinitionContext> customResources) {
        super(customResources);
    }

    void put(ObjectRef ref, Map<String, @Nullable Object> content, Instant created) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var response = attempt(ref, content, created);
            if (response.code() != HttpURLConnection.HTTP_CONFLICT) {
                check(ref, response);
                return;
            }
        }
        throw new IllegalStateException("the embedded API refused " + ref + " " + ATTEMPTS + " times as changed");
    }

    void delete(ObjectRef ref) {
        handleDelete(Plurals.path(ref));
    }

    private MockResponse attempt(ObjectRef ref, Map<String, @Nullable Object> content, Instant created) {
        var current = handleGet(Plurals.path(ref));
        if (current.code() == HttpURLConnection.HTTP_NOT_FOUND) {
            var post = request(HttpMethod.POST, Plurals.collection(ref), content);
            return ScopedValue.where(AGE, created).call(() -> handleCreate(post));
        }
        return handleUpdate(request(HttpMethod.PUT, Plurals.path(ref), over(current, content)));
    }

    /** The content with what the server has added: written only if nobody writes a status meanwhile. */
    private Map<String, @Nullable Object> over(MockResponse current, Map<String, @Nullable Object> content) {
        var stored = json.readValue(current.getBody().getBytes(), GenericKubernetesResource.class);
        var merged = new LinkedHashMap<>(content);
        var status = stored.getAdditionalProperties().get("status");
        if (status != null) {
            merged.putIfAbsent("status", status);
        }
        var metadata = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        if (content.get("metadata") instanceof Map<?, ?> given) {
            metadata.putAll(given);
        }
        metadata.put("resourceVersion", stored.getMetadata().getResourceVersion());
        merged.put("metadata", metadata);
        return merged;
    }

    private RecordedRequest request(HttpMethod method, String path, Map<String, @Nullable Object> content) {
        var headers = Headers.builder().add("Content-Type", "application/json").build();
        return new RecordedRequest("1.1", method, path, headers, new Buffer(json.writeValueAsBytes(content)));
    }

    private static void check(ObjectRef ref, MockResponse response) {
        if (response.code() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new IllegalStateException("the embedded API answered " + response.code() + " to " + ref + ": "
                    + new String(response.getBody().getBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void processEvent(
            String path,
            AttributeSet pathAttributes,
            AttributeSet oldAttributes,
            GenericKubernetesResource resource,
            String newState) {
        if (!AGE.isBound() || resource == null) {
            super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
            return;
        }
        resource.getMetadata()
                .setCreationTimestamp(AGE.get().truncatedTo(ChronoUnit.SECONDS).toString());
        super.processEvent(path, pathAttributes, oldAttributes, resource, json.writeValueAsString(resource));
    }
}
