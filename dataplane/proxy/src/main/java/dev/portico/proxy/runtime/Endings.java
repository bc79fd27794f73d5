package dev.portico.proxy.runtime;

import dev.portico.proxy.pipeline.Ending;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.redirect.RedirectAnswer;
import dev.portico.routetable.Forward;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What carries out which action. */
final class Endings {
    private Endings() {}

    static Ending of(Route route) {
        return switch (route.action()) {
            case Forward forward -> new WeightedTargets(forward);
            case Redirect redirect -> new RedirectAnswer(redirect, route.match().path());
            case Respond respond -> answer(respond);
        };
    }

    private static Ending.Answer answer(Respond respond) {
        String text = HttpResponseStatus.valueOf(respond.statusCode()).reasonPhrase() + '\n';
        return _ -> Reply.text(respond.statusCode(), respond.reason(), text);
    }
}
