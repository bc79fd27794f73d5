package dev.portico.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as a process of its own. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        OperatorConfig config;
        try {
            config = OperatorConfig.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        var kubernetes = config.kubeconfig() == null
                ? Config.autoConfigure(null)
                : Config.fromKubeconfig(config.kubeconfig().toFile());
        var told = new AtomicInteger();
        try (var client = new KubernetesClientBuilder().withConfig(kubernetes).build();
                var operator = Operator.start(config, client, problems -> tell(problems.size(), told))) {
            Runtime.getRuntime().addShutdownHook(new Thread(operator::close));
            var port = operator.openAdmin(config.adminHost(), config.adminPort());
            var console = operator.openConsole(config.consoleHost(), config.consolePort());
            LOG.info(
                    "running in namespace {}, admin on {}:{}, console on {}:{}",
                    config.namespace(),
                    config.adminHost(),
                    port,
                    config.consoleHost(),
                    console);
            Thread.currentThread().join();
        }
    }

    private static void tell(int problems, AtomicInteger told) {
        if (told.getAndSet(problems) != problems) {
            LOG.info("problems: {}", problems);
        }
    }
}
