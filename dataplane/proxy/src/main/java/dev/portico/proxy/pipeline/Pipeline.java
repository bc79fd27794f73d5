package dev.portico.proxy.pipeline;

import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.tunnel.Tunnels;
import dev.portico.proxy.upstream.Upstreams;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every request, from its head to its record. One per event loop. */
public final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final String RETRY_SECONDS = "1";
    private static final String ACME = "/.well-known/acme-challenge/";

    private final Supplier<? extends Router> router;
    private final Recorder recorder;
    private final Upstreams upstreams;
    private final Tunnels tunnels;
    private final Memory memory;
    private final HttpDate date = new HttpDate();

    /** @param router the table that serves, asked once for each request */
    public Pipeline(
            Supplier<? extends Router> router, Recorder recorder, Upstreams upstreams, Tunnels tunnels, Memory memory) {
        this.router = router;
        this.recorder = recorder;
        this.upstreams = upstreams;
        this.tunnels = tunnels;
        this.memory = memory;
    }

    /**
     * Begins a request.
     *
     * @param bodyFollows false: the request is complete, {@link RequestSink#end} will not be called
     */
    public RequestSink begin(Client client, ReceivedHead head, boolean bodyFollows, Downstream downstream) {
        Exchange exchange = new Exchange(client, head);
        Flow flow = new Flow(this, exchange, downstream, bodyFollows);
        try {
            way(exchange, flow, bodyFollows);
        } catch (RuntimeException e) {
            LOG.error("A request on {} failed in the data plane itself", client.listener(), e);
            flow.answering().fail(Refusal.INTERNAL_ERROR);
        }
        return flow;
    }

    private void way(Exchange exchange, Flow flow, boolean bodyFollows) {
        Answering answering = flow.answering();

        // The table first, and once: whatever is swapped meanwhile, the request ends on the one it began on.
        Router table = router.get();
        Router.Site site = table.listener(exchange.client().listener());
        if (site == null) {
            answering.refuse(Refusal.NO_LISTENER);
            return;
        }
        exchange.listener = site.gate().listener();

        // Before anything is done for it: what it would need is what others need to end.
        if (memory.refuses()) {
            exchange.answerWith(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
            answering.refuse(Refusal.OVERLOADED_MEMORY);
            return;
        }

        // The gate before anything reads the head: behind it a path and a host have one reading only.
        Refusal refusal = site.gate().admit(exchange, bodyFollows);
        if (refusal != null) {
            answering.refuse(refusal);
            return;
        }
        RequestHead request = exchange.request();

        // Before the host is looked for: nobody reaches a tenant by the certificate, and so by the TLS, of another one.
        if (!exchange.client().mayAsk(request.host())) {
            answering.refuse(Refusal.MISDIRECTED);
            return;
        }

        // The host before redirect, route and stages: they are the host's, so that nobody's words touch another one's.
        Router.Host host = site.host(request.host());
        if (host == null) {
            answering.refuse(Refusal.NO_HOST);
            return;
        }

        // To https before a route is looked for: it holds for the whole host, but the CA asks by plain HTTP.
        Ending.Answer redirect = host.redirect();
        if (redirect != null && !request.path().startsWith(ACME)) {
            answering.answer(redirect.answer(exchange));
            return;
        }

        // The route before the stages, by what the gate let in: what a filter changes sends a request nowhere else.
        RunnableRoute route = host.match(request);
        if (route == null) {
            answering.refuse(Refusal.NO_ROUTE);
            return;
        }
        exchange.route = route;

        // The stages of the route before an endpoint hears of it, so that it never sees what they refuse; in the order
        // of Filter.ORDER. Their response sides run in Answering, backwards.
        Reply reply = stages(exchange, route.stages());
        if (reply != null) {
            answering.answer(reply);
            return;
        }

        // The ending, in Flow from here on. Deadlines count from the head on but begin to matter where an endpoint is
        // asked: until here nothing waits. Another try comes behind the stages: they see a request once, however many
        // endpoints do. Access log and metrics come with the last byte, whoever answered: they tell what was answered.
        switch (route.ending()) {
            case Ending.Answer answer -> answering.answer(answer.answer(exchange));
            case Ending.Forwarding targets -> flow.forward(targets, table);
        }
    }

    private static @Nullable Reply stages(Exchange exchange, List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            Reply reply = stages.get(i).request(exchange);
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    /** Answers a request that the protocol could not read, and records it. */
    public void refuse(Client client, ReceivedHead head, Refusal refusal, Downstream downstream) {
        new Flow(this, aside(client, head), downstream, false).answering().refuse(refusal);
    }

    /** A head to refuse where not even a head could be read. */
    public static ReceivedHead unreadable() {
        return new ReceivedHead("-", "-", null, new DefaultHttpHeaders());
    }

    /** Records a request that gets no answer. */
    public void drop(Client client, ReceivedHead head, Refusal refusal) {
        Exchange exchange = aside(client, head);
        exchange.reason = refusal.word();
        exchange.status = refusal.status();
        exchange.endedAt = System.nanoTime();
        recorder.finished(exchange);
    }

    /** A request that does not go the way of others, and is logged as its listener says like all others. */
    private Exchange aside(Client client, ReceivedHead head) {
        var exchange = new Exchange(client, head);
        Router.Site site = router.get().listener(client.listener());
        if (site != null) {
            exchange.listener = site.gate().listener();
        }
        return exchange;
    }

    /** Learns of connections, for the protocols and the listener. */
    public Recorder recorder() {
        return recorder;
    }

    /** The connections to endpoints, for metrics. */
    public Upstreams upstreams() {
        return upstreams;
    }

    Tunnels tunnels() {
        return tunnels;
    }

    /** How short memory is, for the protocols and the listener. */
    public Memory memory() {
        return memory;
    }

    String date() {
        return date.now();
    }
}
