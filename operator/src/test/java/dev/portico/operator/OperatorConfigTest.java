package dev.portico.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OperatorConfigTest {
    @Test
    void portsOfDataPlanesThatAreProvisionedAreNotShifted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorConfig.parse(List.of("--proxy-image=proxy", "--port-offset=8000")))
                .withMessage("port-offset is 8000 beside proxy-image, expected 0:"
                        + " what is provisioned is reached at the ports of its listeners");
        assertThat(OperatorConfig.parse(List.of("--proxy-image=proxy", "--port-offset=0"))
                        .portOffset())
                .isZero();
        assertThat(OperatorConfig.parse(List.of("--single-data-plane=one", "--port-offset=8000"))
                        .portOffset())
                .isEqualTo(8000);
    }
}
