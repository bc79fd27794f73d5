package dev.portico.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogAuditTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void onlyAnAnswerThatIsNot2xxHasToSayWhy() throws IOException {
        Path log = Files.writeString(directory.resolve("log"), """
                {"path":"/a","status":200}
                {"path":"/b","status":502,"reason":"connect_failed"}
                {"path":"/c","status":0,"reason":"client_closed"}
                {"path":"/d","status":502}
                """);
        LogAudit audit = LogAudit.of(log);
        assertThat(audit.lines()).isEqualTo(4);
        assertThat(audit.reasons()).isEqualTo(Map.of("502 connect_failed", 1L, "0 client_closed", 1L));
        assertThat(audit.withoutReason()).isEqualTo(1);
        assertThat(audit.unexplained()).containsExactly("{\"path\":\"/d\",\"status\":502}");
    }
}
