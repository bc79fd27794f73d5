package dev.portico.proxy.pipeline;

import java.util.function.Supplier;

/** The way of a request. One per event loop. */
public abstract class Pipeline {
    final Supplier<Router> router;
    private final Recorder recorder;

    protected Pipeline(Supplier<Router> router, Recorder recorder) {
        this.router = router;
        this.recorder = recorder;
    }

    /**
     * Begins a request.
     *
     * @param bodyFollows false: the request is complete, {@link RequestSink#end} will not be called
     */
    public abstract RequestSink begin(Client client, ReceivedHead head, boolean bodyFollows, Downstream downstream);

    /** Answers a request that the protocol could not read, and records it. */
    public abstract void refuse(Client client, ReceivedHead head, Refusal refusal, Downstream downstream);

    /** Learns of connections, for the protocols and the listener. */
    public Recorder recorder() {
        return recorder;
    }
}
