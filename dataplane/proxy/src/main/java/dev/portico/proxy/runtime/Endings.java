package dev.portico.proxy.runtime;

import dev.portico.proxy.pipeline.Ending;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.redirect.RedirectAnswer;
import dev.portico.routetable.Forward;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashMap;
import java.util.Map;

/** What carries out which action, for the routes of a host. */
final class Endings {
    /** Routes that forward alike share one, which stays in the cache as they take turns. */
    private final Map<Forward, Ending> forwardings = new HashMap<>();

    Ending of(Route route) {
        return switch (route.action()) {
            case Forward forward -> forwardings.computeIfAbsent(forward, WeightedTargets::new);
            case Redirect redirect -> new RedirectAnswer(redirect, route.match().path());
            case Respond respond -> answer(respond);
        };
    }

    private static Ending.Answer answer(Respond respond) {
        String text = HttpResponseStatus.valueOf(respond.statusCode()).reasonPhrase() + '\n';
        return _ -> Reply.text(respond.statusCode(), respond.reason(), text);
    }
}
