package dev.portico.e2e.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;

/** What a data plane says of itself, in the text format of Prometheus. */
record Scrape(String text) {
    static Scrape of(int adminPort) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return new Scrape(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    /** All series of a metric together; fails where there is none. */
    long sum(String metric) throws IOException {
        return Pattern.compile("(?m)^%s(?:[{].*[}])? ([0-9]+)$".formatted(metric))
                .matcher(text)
                .results()
                .mapToLong(series -> Long.parseLong(series.group(1)))
                .reduce(Long::sum)
                .orElseThrow(() -> new IOException("no " + metric + " in the metrics:\n" + text));
    }
}
