package dev.portico.proxy;

import dev.portico.proxy.memory.Level;
import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.memory.MemoryUse;
import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.telemetry.MetricSource;
import dev.portico.proxy.telemetry.MetricType;
import java.util.List;

/** How full memory is, and what is done about it. */
final class MemoryFigures implements MetricSource {
    private final Memory memory;
    private final MemoryUse use;

    MemoryFigures(Memory memory, MemoryUse use) {
        this.memory = memory;
        this.use = use;
    }

    @Override
    public void write(Exposition out) {
        String share = "portico_memory_used_ratio";
        out.metric(share, MetricType.GAUGE, "Share of memory that is used: heap after collection, and direct.");
        out.sample(share, use.heap(), "area", "heap");
        out.sample(share, use.direct(), "area", "direct");
        out.single(
                "portico_memory_level",
                MetricType.GAUGE,
                "0: plenty, 1: idle connections go, 2: requests are refused, 3: nobody is accepted.",
                List.of(Level.values()).indexOf(memory.level()));
    }
}
