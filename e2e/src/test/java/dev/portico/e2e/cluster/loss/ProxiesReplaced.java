package dev.portico.e2e.cluster.loss;

/** The pods of the data plane get another template. */
record ProxiesReplaced() implements Event {
    @Override
    public String name() {
        return "rolling update of the proxies";
    }

    @Override
    public boolean endsProxies() {
        return true;
    }

    @Override
    public void happen(Scene scene) {
        Pods proxies = scene.proxies();
        var before = proxies.names();
        scene.annotateProxies();
        proxies.awaitOthersThan(before);
    }
}
