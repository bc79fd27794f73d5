package dev.portico.e2e.cluster.loss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The page of results: the row of what happened is replaced, the others stay as they were measured before. */
record Page(Path file) {
    private static final String HEAD = """
            # What is lost while things happen

            A node of Kubernetes as `e2e/cluster/run up` makes it, on which Portico is installed by its chart with two operators; a Gateway with two proxies, a
            backend with two pods that serve on for 5 s after they were told to end ([world.yaml](../../e2e/cluster/loss/world.yaml)). Meanwhile
            Vegeta asks, in the node's network, 100 times a second in each of four ways, whatever became of the requests before; a request fails if it is answered
            with anything but 200, reset, or takes more than 10 s. 50 WebSockets and 50 calls of gRPC, half of each over TLS, say something, must hear it
            again within 10 s, and say the next two seconds later; they may be ended, by close code 1001 or status UNAVAILABLE, only where their proxy
            goes. All on 2 processors, which also start the pods: the times tell more of them than of proxies.

            Again, all of it in about 20 minutes, with `KUBECONFIG` of such a cluster: `mvn -Ploss -pl e2e -am verify` (`-Dtest=LossTest#...` for one). `.ci/run` runs
            what the last column says. The first time two other builds are made: the previous commit's, and one with a word more
            ([one-word-more.patch](../../e2e/cluster/loss/one-word-more.patch)).

            Cells of requests: how many, how many **failed**, 99th percentile; of conversations: how many were ended as they should, how many were **broken**.

            """;

    void put(String row) throws IOException {
        var rows = new ArrayList<String>();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("| "))
                    .skip(1)
                    .filter(line -> !first(line).equals(first(row)))
                    .forEach(rows::add);
        }
        rows.add(row);
        rows.sort(null);
        Files.writeString(file, HEAD + header() + String.join("\n", rows) + "\n");
    }

    private static String header() {
        var titles = new ArrayList<String>();
        titles.add("what happens");
        for (Kind kind : Kind.values()) {
            titles.add(kind.title());
        }
        titles.addAll(List.of("WebSockets", "calls of gRPC", "`.ci/run`"));
        return "| " + String.join(" | ", titles) + " |\n" + "|---".repeat(titles.size()) + "|\n";
    }

    private static String first(String row) {
        return row.split(" \\| ")[0];
    }
}
