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
final class BoundHost extends HostRoutes<RunnableRoute> implements Router.Host {
    private final Ending.@Nullable Answer redirect;

    BoundHost(HostRoutes<RunnableRoute> routes, VirtualHost.Binding binding) {
        super(routes);
        VirtualHost.HttpsRedirect to = binding.redirect();
        redirect = to == null ? null : new HttpsRedirectAnswer(to);
    }

    @Override
    public Ending.@Nullable Answer redirect() {
        return redirect;
    }

    @Override
    public @Nullable RunnableRoute match(RequestHead head) {
        return find(head);
    }
}
