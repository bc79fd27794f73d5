package dev.portico.proxy.telemetry;

/** What a metric is. */
public enum MetricType {
    COUNTER,
    GAUGE,
    HISTOGRAM
}
