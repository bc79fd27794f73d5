package dev.portico.e2e.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveChangesTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void noRequestFailsWhileRoutesSlicesAndCertificatesChange() throws Exception {
        var result = LiveChanges.run(directory, 16, 4, 60, 20, Duration.ofMillis(50));
        assertThat(result.failures()).as(result.toString()).isEmpty();
        assertThat(result.percentile(50)).as(result.toString()).isLessThan(Duration.ofSeconds(1));
    }
}
