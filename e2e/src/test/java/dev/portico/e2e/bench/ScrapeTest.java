package dev.portico.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ScrapeTest {
    private static final Scrape SCRAPE = new Scrape("""
            # TYPE portico_requests_total counter
            portico_requests_total{listener="a",class="2xx"} 40
            portico_requests_total{listener="b",class="none"} 2
            portico_upstream_leases 0
            """);

    @Test
    void theSeriesOfAMetricAreAddedUp() throws IOException {
        assertThat(SCRAPE.sum("portico_requests_total")).isEqualTo(42);
        assertThat(SCRAPE.sum("portico_upstream_leases")).isZero();
    }

    @Test
    void aMetricThatIsNotThereIsNoZero() {
        assertThatThrownBy(() -> SCRAPE.sum("portico_requests")).hasMessageStartingWith("no portico_requests in");
    }
}
