package dev.portico.operator.source.ratelimit;

import dev.portico.crds.ratelimit.KeyAttribute;
import dev.portico.crds.ratelimit.Limit;
import dev.portico.crds.ratelimit.RequestMatch;
import dev.portico.crds.ratelimit.Requests;
import dev.portico.crds.ratelimit.Response;
import dev.portico.operator.model.PolicyDeclaration;
import dev.portico.operator.model.Problems;
import dev.portico.operator.source.Durations;
import dev.portico.operator.source.Matches;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.RateLimit.KeyPart.Attribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads limits. */
final class LimitReader {
    private final Problems problems;

    LimitReader(Problems problems) {
        this.problems = problems;
    }

    List<PolicyDeclaration.Limit> read(List<Limit> limits) {
        var read = new ArrayList<PolicyDeclaration.Limit>();
        for (Limit limit : limits) {
            read.add(new PolicyDeclaration.Limit(limit.name(), word(limit, "spec.limits[" + read.size() + "]")));
        }
        return read;
    }

    private RateLimit word(Limit limit, String field) {
        var prefix = limit.clientIPPrefix();
        return new RateLimit(
                limit.name(),
                conditions(limit.matches(), field + ".matches"),
                key(limit.key(), field + ".key"),
                prefix.ipv4(),
                prefix.ipv6(),
                bucket(limit.requests(), field + ".requests"),
                limit.exempt() == null ? List.of() : limit.exempt().cidrs(),
                switch (limit.mode()) {
                    case ENFORCE -> RateLimit.Mode.ENFORCE;
                    case SHADOW -> RateLimit.Mode.SHADOW;
                },
                refusal(limit.response()));
    }

    private List<RateLimit.Condition> conditions(List<RequestMatch> matches, String field) {
        var conditions = new ArrayList<RateLimit.Condition>();
        for (RequestMatch match : matches) {
            var at = field + "[" + conditions.size() + "]";
            conditions.add(new RateLimit.Condition(
                    match.methods().stream().map(Enum::name).toList(),
                    match.path() == null ? null : Matches.path(match.path(), at + ".path", problems),
                    Matches.headers(match.headers(), at + ".headers", problems)));
        }
        return conditions;
    }

    private List<RateLimit.KeyPart> key(List<KeyAttribute> attributes, String field) {
        var parts = new ArrayList<RateLimit.KeyPart>();
        for (int i = 0; i < attributes.size(); i++) {
            try {
                parts.add(part(attributes.get(i)));
            } catch (IllegalArgumentException e) {
                problems.add(field + "[" + i + "].name", Matches.UNSUPPORTED_VALUE, String.valueOf(e.getMessage()));
            }
        }
        return parts;
    }

    private static RateLimit.KeyPart part(KeyAttribute attribute) {
        return new RateLimit.KeyPart(
                switch (attribute.type()) {
                    case CLIENT_IP -> Attribute.CLIENT_IP;
                    case HEADER -> Attribute.HEADER;
                    case COOKIE -> Attribute.COOKIE;
                    case QUERY_PARAM -> Attribute.QUERY_PARAM;
                    case HOST -> Attribute.HOST;
                    case PATH -> Attribute.PATH;
                    case METHOD -> Attribute.METHOD;
                },
                attribute.name());
    }

    private RateLimit.TokenBucket bucket(Requests requests, String field) {
        var per = Durations.read(requests.per(), field + ".per", problems);
        if (per == null || per.isZero()) {
            per = Duration.ofSeconds(1);
        }
        var burst = requests.burst() == null ? requests.count() : requests.burst();
        return new RateLimit.TokenBucket(requests.count(), per, burst);
    }

    private static RateLimit.Refusal refusal(Response response) {
        return new RateLimit.Refusal(
                response.statusCode(),
                switch (response.headers()) {
                    case RATE_LIMIT -> RateLimit.HeaderStyle.RATE_LIMIT;
                    case X_RATE_LIMIT -> RateLimit.HeaderStyle.X_RATE_LIMIT;
                    case NONE -> RateLimit.HeaderStyle.NONE;
                },
                response.body(),
                response.contentType());
    }
}
