package dev.portico.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.proxy.listener.TransportKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ProxyConfigTest {
    private static final String[] LEAST = {"--data-plane=dp", "--state=/s", "--identity=/i"};

    @Test
    void what_is_not_said_has_its_default() {
        ProxyConfig config = ProxyConfig.parse(LEAST, Map.of());
        assertThat(config.admin()).isEqualTo(new ProxyConfig.Address("0.0.0.0", 9080));
        assertThat(config.config()).isEqualTo(new ProxyConfig.Address("0.0.0.0", 9443));
        assertThat(config.eventLoops()).isPositive();
        assertThat(config.transport()).isEqualTo(TransportKind.best());
        assertThat(config.accessLog()).isNull();
        assertThat(config.drainAccept()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void an_argument_beats_the_environment() {
        String[] arguments = {"--data-plane=dp", "--state=/s", "--identity=/i", "--admin-port=1"};
        ProxyConfig config =
                ProxyConfig.parse(arguments, Map.of("PORTICO_ADMIN_PORT", "2", "PORTICO_ACCESS_LOG", "/log"));
        assertThat(config.admin().port()).isEqualTo(1);
        assertThat(config.accessLog()).isEqualTo(Path.of("/log"));
    }

    @Test
    void what_is_wrong_is_named_with_what_is_expected() {
        assertThatThrownBy(() -> parse("--colour=red")).hasMessageContainingAll("colour", "admin-port");
        assertThatThrownBy(() -> parse("--admin-port=99999")).hasMessageContainingAll("99999", "0 to 65535");
        assertThatThrownBy(() -> parse("--admin-port=x")).hasMessageContainingAll("'x'", "0 to 65535");
        assertThatThrownBy(() -> parse("--drain-accept=10")).hasMessageContainingAll("'10'", "10s");
        assertThatThrownBy(() -> parse("--transport=tcp"))
                .hasMessageContainingAll("'tcp'", "auto", "io_uring", "epoll", "nio");
        assertThatThrownBy(() -> parse("verbose")).hasMessageContainingAll("verbose", "--key=value");
        assertThatThrownBy(() -> ProxyConfig.parse(new String[0], Map.of())).hasMessageContaining("data-plane");
    }

    @Test
    void a_transport_is_taken_by_its_name() {
        assertThat(parse("--transport=nio").transport()).isEqualTo(TransportKind.NIO);
    }

    @Test
    void netty_is_new_enough_and_strict() {
        assertThat(StartupChecks.problems()).isEmpty();
        assertThat(StartupChecks.isSafe("4.2.17.Final")).isFalse();
        assertThat(StartupChecks.isSafe("4.1.140.Final")).isFalse();
        assertThat(StartupChecks.isSafe("4.2.21.Final")).isTrue();
    }

    @Test
    void switched_off_safety_is_named() {
        for (String setting : new String[] {
            "vertx.disableHttpHeadersValidation=true",
            "vertx.disableHttpHeadersValidation=",
            "io.netty.handler.codec.http.rfc9112TransferEncoding=false",
            "io.netty.handler.codec.http.defaultStrictLineParsing=false",
            "io.netty.handler.codec.http.defaultStrictLineParsing=no",
            "io.netty.handler.codec.http.rfc9112TransferEncoding=0",
            "io.netty.handler.codec.http.rfc9112TransferEncoding=",
        }) {
            var properties = new Properties();
            properties.setProperty(
                    setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            assertThat(StartupChecks.problems(properties))
                    .singleElement()
                    .asString()
                    .contains(setting.substring(0, setting.indexOf('=')));
        }
        var safe = new Properties();
        safe.setProperty("vertx.disableHttpHeadersValidation", "false");
        safe.setProperty("io.netty.handler.codec.http.rfc9112TransferEncoding", "true");
        assertThat(StartupChecks.problems(safe)).isEmpty();
    }

    @Test
    void a_netty_of_unknown_version_is_not_taken_for_a_safe_one() {
        assertThat(StartupChecks.versions(Map.of())).singleElement().asString().contains("netty-codec-http");
    }

    @Test
    void flags_that_bound_memory_are_asked_for() {
        assertThat(StartupChecks.missingFlags())
                .anySatisfy(flag -> assertThat(flag).startsWith("-XX:MaxDirectMemorySize"));
    }

    private static ProxyConfig parse(String argument) {
        return ProxyConfig.parse(new String[] {LEAST[0], LEAST[1], LEAST[2], argument}, Map.of());
    }
}
