package dev.portico.e2e.cluster.scale;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;

/** Starts operator and proxy anew, and measures when what they do is seen. */
record Starts(Kubelet kubelet, Program operator, Program proxy, Shops shops, Changes changes, Poller poller) {
    /** So long both do nothing before their memory is measured. */
    private static final Duration REST = Duration.ofSeconds(5);

    /**
     * One start.
     *
     * @param container from asking for a pod until its container was made
     * @param served from there to the first answer 200
     * @param bytes what it holds when it has served and rested
     */
    record Start(Duration container, Duration served, long bytes) {}

    record Both(Start operator, Start proxy) {}

    Both measure() throws InterruptedException {
        Begun first = startOperator();
        Begun second = startProxy();
        // The kubelet tells of a new container some seconds later.
        Instant rested = Instant.now().plus(REST);
        return new Both(start(operator.pod(), first, rested), start(proxy.pod(), second, rested));
    }

    private record Begun(Instant asked, Instant served) {}

    /** It has served once a change is served that was made when there was no operator. */
    private Begun startOperator() throws InterruptedException {
        operator.stop();
        Changes.Change change = changes.changeIngress();
        return start(operator, change.host(), change.path());
    }

    /** It has served once the newest Ingress is. */
    private Begun startProxy() throws InterruptedException {
        proxy.stop();
        poller.awaitSilence(shops.newest(), "/");
        return start(proxy, shops.newest(), "/");
    }

    private Begun start(Program program, String host, String path) throws InterruptedException {
        Instant asked = Instant.now();
        program.start();
        return new Begun(asked, poller.awaitServed(host, path));
    }

    private Start start(Pod pod, Begun begun, Instant rested) {
        Instant made = kubelet.started(pod);
        return new Start(
                Duration.between(begun.asked(), made),
                Duration.between(made, begun.served()),
                kubelet.workingSet(pod, rested));
    }
}
