package dev.portico.operator.provision;

import dev.portico.operator.model.GatewayReport;
import java.util.Map;

/**
 * How far data planes are as their Gateways say.
 *
 * @param elsewhere whether others make them, of which nothing is known here
 * @param known by the ids of data planes, what became of the Gateway's generation that was handled last
 */
public record Progress(boolean elsewhere, Map<String, Made> known) {
    public static final Progress ELSEWHERE = new Progress(true, Map.of());

    private static final Made NOTHING_TO_DO = new Made(Long.MAX_VALUE, Made.State.DONE, "");

    public Progress {
        known = Map.copyOf(known);
    }

    /** What became of the generation of a Gateway that is reported on, or of a later one. */
    public Made of(GatewayReport report) {
        if (elsewhere) {
            return NOTHING_TO_DO;
        }
        var generation = report.origin().generation();
        var made = known.get(report.dataPlane());
        return made == null || made.generation() < generation
                ? new Made(generation, Made.State.AWAITED, "the data plane is not yet made as this generation says")
                : made;
    }
}
