package dev.portico.proxy.runtime;

import dev.portico.proxy.match.HostRoutes;
import dev.portico.proxy.pipeline.Ending;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.proxy.pipeline.Router;
import dev.portico.proxy.pipeline.RunnableRoute;
import dev.portico.proxy.redirect.HttpsRedirectAnswer;
import dev.portico.routetable.VirtualHost;
import org.jspecify.annotations.Nullable;

/** A virtual host as one listener serves it. */
record BoundHost(HostRoutes<RunnableRoute> routes, Ending.@Nullable Answer redirect) implements Router.Host {
    static BoundHost of(HostRoutes<RunnableRoute> routes, VirtualHost.Binding binding) {
        VirtualHost.HttpsRedirect redirect = binding.redirect();
        return new BoundHost(routes, redirect == null ? null : new HttpsRedirectAnswer(redirect));
    }

    @Override
    public @Nullable RunnableRoute match(RequestHead head) {
        return routes.find(head);
    }
}
