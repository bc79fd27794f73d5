package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;

/** What is reported about requests. */
public record Telemetry(
        @JsonPropertyDescription(
                "The log with one line per request. Absent: as if every field had its default. Since 0.1.")
        AccessLog accessLog) {
    public Telemetry {
        accessLog = Absent.or(accessLog, AccessLog.BY_DEFAULT);
    }
}
