package dev.portico.operator.status;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events for Problems that no condition tells of, each told once in every turn of 50 minutes as long as it stays.
 *
 * <p>When turns begin differs from Problem to Problem, so that not all are told at once, and is the same in every process:
 * who leads next says by the same name what was said already.
 */
final class ProblemEvents {
    static final String KIND = "Event";
    /** An API server forgets an Event after an hour, unless it was told otherwise. */
    private static final long TURN = Duration.ofMinutes(50).toSeconds();
    /** What is refused is mostly refused again: a quota, a namespace that ends. */
    private static final Duration BETWEEN_RETRIES = Duration.ofMinutes(1);

    private static final int MAX_MESSAGE = 1024;
    private static final int MAX_NAME = 200;

    /** With the turn in which each was told last. */
    private Map<Problem, Long> told = new HashMap<>();

    private final Set<ObjectRef> refused = new HashSet<>();
    private Instant retried = Instant.EPOCH;

    /** Those that are to be told now; they count as told from then on. */
    Set<Problem> fresh(Set<Problem> problems, Instant now) {
        retry(now);
        var before = told;
        told = new HashMap<>();
        var fresh = new HashSet<Problem>();
        for (Problem problem : problems) {
            var turn = turn(problem, now);
            told.put(problem, turn);
            if (!Objects.equals(before.get(problem), turn)) {
                fresh.add(problem);
            }
        }
        return fresh;
    }

    /** The API server did not take that Event: it is told again, at most once a minute. */
    void refused(ObjectRef event) {
        refused.add(event);
    }

    /** Another leads, and tells what there is. */
    void forget() {
        told.clear();
        refused.clear();
    }

    private void retry(Instant now) {
        if (refused.isEmpty() || Duration.between(retried, now).abs().compareTo(BETWEEN_RETRIES) < 0) {
            return;
        }
        told.entrySet().removeIf(one -> refused.contains(ref(one.getKey(), one.getValue())));
        refused.clear();
        retried = now;
    }

    /** @param object what the Problem is on, if it is there */
    static Event event(Problem problem, @Nullable HasMetadata object, Instant now) {
        var ref = problem.object();
        var event = ref(problem, turn(problem, now));
        var text = problem.text();
        var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var uid = object == null ? null : object.getMetadata().getUid();
        return new EventBuilder()
                .withNewMetadata()
                .withName(event.name())
                .withNamespace(event.namespace())
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

    private static ObjectRef ref(Problem problem, long turn) {
        var object = problem.object();
        var name = object.name();
        var prefix = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
        var text = (problem + " " + turn).getBytes(StandardCharsets.UTF_8);
        return new ObjectRef(
                "",
                KIND,
                object.namespace().isEmpty() ? "default" : object.namespace(),
                prefix + "." + UUID.nameUUIDFromBytes(text).toString().substring(0, 18));
    }

    private static long turn(Problem problem, Instant now) {
        return Math.floorDiv(now.getEpochSecond() + Math.floorMod(problem.hashCode(), TURN), TURN);
    }
}
