package dev.portico.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EchoConfigTest {
    @Test
    void saysHowItAnswers() throws IOException {
        var config = EchoConfig.parse(List.of(
                "--service=shop",
                "--namespace=market",
                "--port=8080,9090",
                "--status=410",
                "--header=X-Since: 2020",
                "--body=it was here",
                "--delay-ms=700"));
        assertThat(config.ports()).containsExactly(8080, 9090);
        assertThat(config.behaviour())
                .isEqualTo(new Behaviour(
                        "shop",
                        "market",
                        410,
                        Map.of("X-Since", "2020"),
                        "it was here",
                        Duration.ofMillis(700),
                        null,
                        null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            service=shop          | argument is 'service=shop', expected --key=value
            --colour=red          | key is 'colour', expected one of [body, clients,
            --status=200          | service is absent, expected --service=NAME
            --port=0              | port is '0', expected 1 to 65535
            --port=80,            | port is '', expected 1 to 65535
            --grpc-status=17      | grpc-status is '17', expected 0 to 16
            --header=X-Since      | header is 'X-Since', expected Name: value
            --clients=/ca.crt     | clients is /ca.crt, expected tls beside it
            """)
    void refusesWhatItCannotRead(String argument, String message) {
        var arguments = argument.contains("status=200") ? List.of(argument) : List.of("--service=shop", argument);
        assertThatThrownBy(() -> EchoConfig.parse(arguments)).hasMessageStartingWith(message);
    }
}
