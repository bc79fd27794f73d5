package dev.portico.operator.status;

import dev.portico.operator.push.LinkState;
import dev.portico.wire.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What replicas could not carry out, by data plane and id: a taken port, a key that TLS refuses. */
record Outcomes(Map<String, String> listeners, Map<String, String> certificates) {
    static final Outcomes NONE = new Outcomes(Map.of(), Map.of());

    static Outcomes of(List<LinkState> links) {
        return new Outcomes(problems(links, LinkState::listeners), problems(links, LinkState::certificates));
    }

    Optional<String> listener(String dataPlane, String id) {
        return Optional.ofNullable(listeners.get(dataPlane + "/" + id));
    }

    private static Map<String, String> problems(
            List<LinkState> links, Function<LinkState, List<Answer.Outcome>> outcomes) {
        var problems = new TreeMap<String, String>();
        for (LinkState link : links) {
            for (Answer.Outcome outcome : outcomes.apply(link)) {
                if (outcome.problem() != null) {
                    problems.putIfAbsent(
                            link.replica().dataPlane() + "/" + outcome.id(),
                            link.replica().name() + ": " + outcome.problem());
                }
            }
        }
        return Map.copyOf(problems);
    }
}
