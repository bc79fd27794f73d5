package dev.portico.proxy.ratelimit;

import dev.portico.proxy.match.Conditions;
import dev.portico.proxy.match.PathTest;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.RateLimit;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The requests that a limit counts. */
final class Requests {
    private Requests() {}

    static Predicate<RequestHead> of(List<RateLimit.Condition> anyOf) {
        List<Predicate<RequestHead>> tests = anyOf.stream().map(Requests::of).toList();
        return tests.isEmpty() ? _ -> true : head -> tests.stream().anyMatch(test -> test.test(head));
    }

    private static Predicate<RequestHead> of(RateLimit.Condition condition) {
        Set<String> methods = Set.copyOf(condition.methods());
        PathMatch path = condition.path();
        Predicate<String> pathTest = path == null ? _ -> true : PathTest.of(path);
        Conditions headers = Conditions.ofHeaders(condition.headers());
        return head -> (methods.isEmpty() || methods.contains(head.method()))
                && pathTest.test(head.path())
                && headers.test(head);
    }
}
