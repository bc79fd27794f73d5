package dev.portico.operator.compile;

/** A section and the data plane in whose table it is. */
record Placed(String dataPlane, Table.Entry entry) {}
