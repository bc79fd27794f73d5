package dev.portico.proxy.telemetry;

/** A part of the data plane that has something to tell when it is asked. Called by any thread. */
@FunctionalInterface
public interface MetricSource {
    void write(Exposition exposition);
}
