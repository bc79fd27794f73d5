package dev.portico.proxy.match;

import com.google.re2j.Pattern;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.Match;
import dev.portico.routetable.ValueMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a match asks beyond the path: all must hold. */
public final class Conditions implements Predicate<RequestHead> {
    /** Most matches have none: they share one, which is always in the cache. */
    private static final Conditions NONE = new Conditions(List.of());

    private final Condition[] all;

    private Conditions(List<Condition> all) {
        this.all = all.toArray(Condition[]::new);
    }

    static Conditions of(Match match) {
        var all = new ArrayList<Condition>();
        String method = match.method();
        if (method != null) {
            all.add(new Condition(RequestHead::method, method::equals));
        }
        match.headers().forEach(header -> all.add(header(header)));
        match.queryParams()
                .forEach(param ->
                        all.add(new Condition(head -> Attributes.queryParam(head, param.name()), value(param))));
        match.cookies()
                .forEach(cookie ->
                        all.add(new Condition(head -> Attributes.cookie(head, cookie.name()), value(cookie))));
        return all.isEmpty() ? NONE : new Conditions(all);
    }

    /** Conditions on headers alone. */
    public static Conditions ofHeaders(List<ValueMatch> headers) {
        return new Conditions(headers.stream().map(Conditions::header).toList());
    }

    @Override
    public boolean test(RequestHead head) {
        for (Condition condition : all) {
            if (!condition.holds(head)) {
                return false;
            }
        }
        return true;
    }

    private static Condition header(ValueMatch header) {
        return new Condition(head -> Attributes.header(head, header.name()), value(header));
    }

    private static Predicate<String> value(ValueMatch match) {
        return switch (match.kind()) {
            case EXACT -> match.value()::equals;
            case REGULAR_EXPRESSION -> Pattern.compile(match.value())::matches;
        };
    }

    private record Condition(Function<RequestHead, @Nullable String> read, Predicate<String> test) {
        boolean holds(RequestHead head) {
            String value = read.apply(head);
            return value != null && test.test(value);
        }
    }
}
