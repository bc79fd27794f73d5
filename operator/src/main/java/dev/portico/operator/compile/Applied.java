package dev.portico.operator.compile;

import dev.portico.operator.model.PolicyDeclaration;
import dev.portico.operator.model.PolicyDeclaration.Limit;
import dev.portico.routetable.Filter;
import dev.portico.routetable.RateLimit;
import java.util.ArrayList;
import java.util.List;

/** A policy at one of its targets. */
record Applied(PolicyDeclaration policy, PolicyDeclaration.Target target) {
    boolean isClosed() {
        return !policy.problems().isEmpty();
    }

    /** The limits that hold where these policies meet, given least specific first. */
    static List<Filter> filters(List<Applied> policies) {
        var filters = new ArrayList<Filter>();
        for (int i = 0; i < policies.size(); i++) {
            for (Limit limit : policies.get(i).policy().limits()) {
                if (!isReplaced(limit, policies, i)) {
                    filters.add(policies.get(i).word(limit));
                }
            }
        }
        return filters;
    }

    /** Whether a more specific policy has a limit of the same name, and this one lets itself be replaced. */
    static boolean isReplaced(Limit limit, List<Applied> policies, int index) {
        var owner = policies.get(index);
        if (!owner.policy().replaceable()) {
            return false;
        }
        return policies.subList(index + 1, policies.size()).stream()
                .filter(other -> !other.target().equalsPlace(owner.target()))
                .anyMatch(other -> other.has(limit.name()));
    }

    boolean has(String limit) {
        return policy.limits().stream().anyMatch(other -> other.name().equals(limit));
    }

    /** Counters are per policy, target and limit. */
    String id(Limit limit) {
        var object = policy.origin().object();
        return object.namespace() + "/" + object.name() + "/" + target + "/" + limit.name();
    }

    private RateLimit word(Limit limit) {
        var word = limit.word();
        return new RateLimit(
                id(limit),
                word.matches(),
                word.key(),
                word.ipv4Prefix(),
                word.ipv6Prefix(),
                word.requests(),
                word.exempt(),
                word.mode(),
                word.refusal());
    }
}
