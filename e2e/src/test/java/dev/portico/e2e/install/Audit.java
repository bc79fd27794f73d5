package dev.portico.e2e.install;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What the API server of {@code e2e/cluster/run up --api} notes of requests of service accounts, from some time on. */
record Audit(Path log, Instant begin) {
    private static final int CREATED = 201;

    static Audit fromNow() throws IOException {
        return new Audit(Path.of(Command.output("audit", "--api").strip()), Instant.now());
    }

    /** Requests for objects, each sort of them once. */
    List<Request> requests() throws IOException {
        String text = Files.readString(log);
        // The last line may be half written.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(JsonObject::new)
                .filter(event -> event.containsKey("objectRef"))
                .filter(event -> !event.getInstant("requestReceivedTimestamp").isBefore(begin))
                .map(Request::of)
                .distinct()
                .toList();
    }

    /**
     * A request for objects.
     *
     * @param namespace empty: of all, or of none
     * @param rights that it took; a patch that made its object took two
     */
    record Request(String namespace, List<Right> rights, boolean refused) {
        private static Request of(JsonObject event) {
            JsonObject object = event.getJsonObject("objectRef");
            String subresource = object.getString("subresource", "");
            String objects = Right.objects(
                    object.getString("apiGroup", ""),
                    object.getString("resource") + (subresource.isEmpty() ? "" : "/" + subresource));
            return new Request(
                    object.getString("namespace", ""),
                    verbs(event)
                            .map(verb -> new Right(verb, objects, object.getString("name", "")))
                            .toList(),
                    "forbid"
                            .equals(event.getJsonObject("annotations", new JsonObject())
                                    .getString("authorization.k8s.io/decision")));
        }

        private static Stream<String> verbs(JsonObject event) {
            String verb = event.getString("verb");
            Integer status =
                    event.getJsonObject("responseStatus", new JsonObject()).getInteger("code", 0);
            return verb.equals("patch") && status == CREATED ? Stream.of(verb, "create") : Stream.of(verb);
        }
    }
}
