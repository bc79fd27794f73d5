package dev.portico.operator.compile;

/** An upstream of a data plane. */
record UpstreamKey(String dataPlane, String upstream) {}
