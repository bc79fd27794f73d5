package dev.portico.operator.status;

import dev.portico.operator.model.Problem;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events for Problems that no condition tells of, each told once as long as it stays. */
final class ProblemEvents {
    private static final int MAX_MESSAGE = 1024;
    private static final int MAX_NAME = 200;

    private Set<Problem> told = Set.of();

    /** Those that were not there before. */
    Set<Problem> fresh(Set<Problem> problems) {
        var fresh = new HashSet<>(problems);
        fresh.removeAll(told);
        told = Set.copyOf(problems);
        return fresh;
    }

    /** @param object what the Problem is on, if it is there */
    static Event event(Problem problem, @Nullable HasMetadata object, Instant now) {
        var ref = problem.object();
        var text = problem.text();
        var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var uid = object == null ? null : object.getMetadata().getUid();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name(problem))
                .withNamespace(ref.namespace().isEmpty() ? "default" : ref.namespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(object == null ? null : object.getApiVersion())
                .withKind(ref.kind())
                .withNamespace(ref.namespace().isEmpty() ? null : ref.namespace())
                .withName(ref.name())
                .withUid(uid)
                .endInvolvedObject()
                .withType("Warning")
                .withReason(problem.reason())
                .withMessage(text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text)
                .withNewSource()
                .withComponent("portico-operator")
                .endSource()
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
    }

    private static String name(Problem problem) {
        var name = problem.object().name();
        var prefix = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
        var text = problem.toString().getBytes(StandardCharsets.UTF_8);
        return prefix + "." + UUID.nameUUIDFromBytes(text).toString().substring(0, 18);
    }
}
