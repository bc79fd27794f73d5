package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How slow a client may be. */
public record ClientTimeouts(
        @Default("10s")
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.A_SECOND_TO_AN_HOUR, message = Syntax.A_SECOND_TO_AN_HOUR_MESSAGE)
        @JsonPropertyDescription(
                "Until the head of a request is there, from its first byte, and of a connection's first request from the connection; on HTTP/2 until the client's SETTINGS are, a duration (10s, 1m30s) of 1s-1h. Default 10s. Refused at apply otherwise; longer: 408, where nothing came the connection is closed. Since 0.1.")
        String header,

        @Default("300s")
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.A_SECOND_TO_AN_HOUR, message = Syntax.A_SECOND_TO_AN_HOUR_MESSAGE)
        @JsonPropertyDescription(
                "How long a connection may be open without a request, a duration (10s, 1m30s) of 1s-1h. Default 300s. Refused at apply otherwise; longer: closed, on HTTP/2 after GOAWAY. Since 0.1.")
        String idle,

        @Default("10s")
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.A_SECOND_TO_AN_HOUR, message = Syntax.A_SECOND_TO_AN_HOUR_MESSAGE)
        @JsonPropertyDescription(
                "Until the TLS handshake is done, a duration (10s, 1m30s) of 1s-1h. Default 10s. Refused at apply otherwise; longer: closed. Since 0.1.")
        String tlsHandshake,

        @Default("30s")
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.A_SECOND_TO_AN_HOUR, message = Syntax.A_SECOND_TO_AN_HOUR_MESSAGE)
        @JsonPropertyDescription(
                "How long a client may take nothing of a response that waits for it, a duration (10s, 1m30s) of 1s-1h. Default 30s. Refused at apply otherwise; longer: cut. Since 0.1.")
        String writeStall) {
    /** What holds where the block is absent. */
    public static final ClientTimeouts BY_DEFAULT = new ClientTimeouts("10s", "300s", "10s", "30s");

    public ClientTimeouts {
        header = Absent.or(header, "10s");
        idle = Absent.or(idle, "300s");
        tlsHandshake = Absent.or(tlsHandshake, "10s");
        writeStall = Absent.or(writeStall, "30s");
    }
}
